// Keys for every page. Single letters can be turned off, and never fire inside a field.
const OFF = 'leadglass-keys-off';

function off() {
  try {
    return localStorage.getItem(OFF) === 'yes';
  } catch {
    return false; // storage is forbidden: keys stay on
  }
}

function inField(target) {
  return target instanceof HTMLElement
    && (target.matches('input, textarea, select') || target.isContentEditable);
}

function line(keys, text) {
  const item = document.createElement('li');
  for (const key of keys) {
    const shown = document.createElement('kbd');
    shown.textContent = key;
    item.append(shown, ' ');
  }
  item.append(text);
  return item;
}

export class Keys extends HTMLElement {
  #afterG = 0;
  #list = null;

  connectedCallback() {
    document.addEventListener('keydown', this);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this);
  }

  handleEvent(event) {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
    if (!plain || event.defaultPrevented || inField(event.target)) {
      return;
    }
    if (event.key === '?') {
      this.#help().togglePopover();
      event.preventDefault();
      return;
    }
    if (off()) {
      return;
    }
    if (event.key === '/') {
      const box = document.getElementById('q');
      if (box) {
        box.focus();
        box.select();
        event.preventDefault();
      }
    } else if (event.key === 'g') {
      this.#afterG = event.timeStamp;
    } else if (this.#afterG && event.timeStamp - this.#afterG < 1500) {
      this.#afterG = 0;
      const entry = document.querySelector(`.side a[data-key="${CSS.escape(event.key)}"]`);
      if (entry) {
        event.preventDefault();
        entry.click();
      }
    } else {
      const list = document.querySelector('lg-list');
      if (list?.key?.(event.key)) {
        event.preventDefault();
      }
    }
  }

  #help() {
    if (this.#list) {
      return this.#list;
    }
    const list = document.createElement('div');
    list.popover = 'auto';
    list.className = 'account keylist';
    list.setAttribute('role', 'dialog');
    list.setAttribute('aria-label', 'Keys');
    const title = document.createElement('h2');
    title.textContent = 'Keys';
    const lines = document.createElement('ul');
    if (document.querySelector('lg-list')) {
      lines.append(
        line(['J', 'K'], 'or arrows: next, previous study'),
        line(['Enter'], 'open the study'));
    }
    if (document.getElementById('q')) {
      lines.append(line(['/'], 'search'));
    }
    for (const entry of document.querySelectorAll('.side a[data-key]')) {
      lines.append(line(['G', entry.dataset.key.toUpperCase()], entry.textContent.trim()));
    }
    lines.append(line(['?'], 'this list'), line(['Esc'], 'close'));
    list.append(title, lines, this.#toggle());
    this.replaceChildren(list);
    this.#list = list;
    return list;
  }

  #toggle() {
    const label = document.createElement('label');
    label.className = 'tick';
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = off();
    box.addEventListener('change', () => {
      try {
        localStorage.setItem(OFF, box.checked ? 'yes' : 'no');
      } catch {
        box.checked = false;
      }
    });
    label.append(box, 'Turn single-letter keys off');
    return label;
  }
}
