// Makes pages faster; all but upload work without it.
import { Invite } from './invite.js';
import { Keys } from './keys.js';
import { List } from './list.js';
import { Passkey } from './passkey.js';
import { Copy, OpenLink } from './share.js';
import { Upload } from './upload.js';

// A preview that isn't there leaves an empty frame, not a broken picture.
document.addEventListener('error', (event) => {
  if (event.target instanceof HTMLImageElement) {
    event.target.classList.add('none');
  }
}, true);
for (const image of document.images) {
  image.classList.toggle('none', image.complete && image.naturalWidth === 0);
}

// Colours change at once, without leaving the page.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/theme' || !event.submitter) {
    return;
  }
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.value === theme));
  }
  await fetch('/theme', { method: 'POST', body: new URLSearchParams({ theme }), redirect: 'manual' })
    .catch(() => {}); // the colours are right now; next time they are asked for again
});

class Print extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn sm';
    button.textContent = 'Print';
    button.addEventListener('click', () => window.print());
    this.replaceChildren(button);
  }
}

customElements.define('lg-copy', Copy);
customElements.define('lg-open', OpenLink);
customElements.define('lg-invite', Invite);
customElements.define('lg-print', Print);
customElements.define('lg-keys', Keys);
customElements.define('lg-list', List);
customElements.define('lg-passkey', Passkey);
customElements.define('lg-upload', Upload);
