// The secret of a link stands in its fragment, which no server sees; from here it goes there once, in a
// form, and leaves the address. Without script it can be pasted.
export class Invite extends HTMLElement {
  connectedCallback() {
    const secret = location.hash.slice(1);
    const form = this.closest('form');
    if (!secret || !form) {
      return;
    }
    history.replaceState(null, '', location.pathname);
    form.elements.namedItem('secret').value = secret;
    form.requestSubmit();
  }
}
