// Links for somebody outside: copying one, and opening one. The secret behind the # never leaves in an address: it is taken
// out of the address bar and sent in a body, with the passcode.

export class Copy extends HTMLElement {
  connectedCallback() {
    const of = document.getElementById(this.dataset.of);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn sm';
    const words = `Copy the ${this.dataset.of}`;
    button.textContent = words;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(of.value);
        button.textContent = 'Copied';
      } catch {
        of.select();
        button.textContent = 'Press Ctrl+C';
      }
      setTimeout(() => { button.textContent = words; }, 3000);
    });
    this.replaceChildren(button);
  }
}

export class OpenLink extends HTMLElement {
  #link = '';
  #said = null;

  connectedCallback() {
    addEventListener('hashchange', () => this.#read());
    this.#read();
  }

  #read() {
    if (location.hash.length > 1) {
      this.#link = location.hash.slice(1);
      history.replaceState(null, '', location.pathname);
    }
    if (this.#link) {
      this.replaceChildren(this.#form());
    } else {
      const words = document.createElement('p');
      words.textContent = 'This link is not whole, or it is not active any more. Open it again from the message you got, or ask the person who sent it.';
      this.replaceChildren(words);
    }
  }

  #form() {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = location.pathname;
    const ask = document.createElement('div');
    ask.className = 'ask';
    const label = document.createElement('label');
    label.htmlFor = 'passcode';
    label.textContent = 'Passcode';
    const code = document.createElement('input');
    code.id = 'passcode';
    code.className = 'in code big';
    code.autocomplete = 'off';
    code.autocapitalize = 'characters';
    code.spellcheck = false;
    code.maxLength = 32;
    code.required = true;
    code.autofocus = true;
    ask.append(label, code);
    this.#said = document.createElement('p');
    this.#said.setAttribute('role', 'alert');
    this.#said.className = 'help';
    const button = document.createElement('button');
    button.className = 'btn pri wide';
    button.textContent = 'Open';
    form.append(ask, this.#said, button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(code, button);
    });
    return form;
  }

  async #send(code, button) {
    button.disabled = true;
    this.#said.textContent = '';
    try {
      const answer = await fetch(location.pathname, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ link: this.#link, passcode: code.value }),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) {
        location.assign(said.to);
        return;
      }
      this.#said.textContent = said.rule ?? said.title ?? 'That did not work. Try again.';
    } catch {
      this.#said.textContent = 'No answer. Are you online? Try again.';
    }
    button.disabled = false;
    code.select();
  }
}
