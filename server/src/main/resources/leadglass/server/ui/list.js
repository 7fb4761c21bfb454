// The worklist without reloading the page: search as one types, the panel beside, keys.
// What is searched for goes out in a body and is kept nowhere.
const TYPING_MILLIS = 300;
const PANEL_MILLIS = 300;
const SLOW_MILLIS = 300;

export class List extends HTMLElement {
  #asked = null;
  #shown = null;
  #typing = 0;
  #moving = 0;

  connectedCallback() {
    const form = document.getElementById('find');
    form?.addEventListener('submit', (event) => this.#submit(event, form));
    this.addEventListener('submit', (event) => this.#submit(event, event.target));
    this.addEventListener('change', (event) => {
      if (event.target.form === form && !this.#halfRange(form)) {
        form.requestSubmit();
      }
    });
    form?.elements.q?.addEventListener('input', (event) => this.#typed(event, form));
    this.addEventListener('click', (event) => this.#clicked(event));
    this.addEventListener('focusin', (event) => this.#focused(event));
  }

  /** Whether "between" is chosen, but not between what. */
  #halfRange(form) {
    const { when, from, to } = form.elements;
    return when.value === 'range' && !from.value && !to.value;
  }

  #typed(event, form) {
    clearTimeout(this.#typing);
    const length = event.target.value.trim().length;
    if (!event.isComposing && length !== 1) {
      this.#typing = setTimeout(() => form.requestSubmit(), TYPING_MILLIS);
    }
  }

  async #submit(event, form) {
    event.preventDefault();
    clearTimeout(this.#typing);
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const results = this.querySelector('#results');
    const slow = setTimeout(() => results.setAttribute('aria-busy', 'true'), SLOW_MILLIS);
    try {
      const body = new URLSearchParams(new FormData(form, event.submitter));
      const answer = await fetch('/studies', { method: 'POST', body, signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('results');
      if (!fresh) {
        location.assign('/'); // signed out, or another role now
        return;
      }
      results.replaceChildren(...fresh.childNodes);
      this.#keepPanel();
      this.querySelector('#count').textContent = page.getElementById('count').textContent;
      if (form !== document.getElementById('find')) {
        this.querySelector('#results tbody a')?.focus();
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.querySelector('#count').textContent = 'Not connected. What is shown may be old.';
      }
    } finally {
      clearTimeout(slow);
      if (this.#asked === asked) {
        results.removeAttribute('aria-busy');
      }
    }
  }

  /** The panel stays while its study is listed. */
  #keepPanel() {
    const panel = this.querySelector('#panel');
    const study = panel.dataset.study;
    const row = study && this.querySelector(`tr[data-study="${CSS.escape(study)}"]`);
    if (row) {
      row.classList.add('on');
    } else if (study) {
      delete panel.dataset.study;
      const hint = document.createElement('p');
      hint.className = 'muted';
      hint.textContent = 'Choose a study to see its series here.';
      panel.replaceChildren(hint);
    }
  }

  #panel() {
    const panel = this.querySelector('#panel');
    return panel && getComputedStyle(panel).display !== 'none' ? panel : null;
  }

  #clicked(event) {
    const row = event.target.closest?.('tr[data-study]');
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!row || !plain || !this.#panel()) {
      return;
    }
    event.preventDefault();
    row.querySelector('a').focus();
    this.#show(row);
  }

  #focused(event) {
    const row = event.target.closest?.('tr[data-study]');
    clearTimeout(this.#moving);
    if (row && this.#panel()) {
      this.#moving = setTimeout(() => this.#show(row), PANEL_MILLIS);
    }
  }

  async #show(row) {
    clearTimeout(this.#moving);
    const panel = this.#panel();
    const study = row.dataset.study;
    if (!panel || panel.dataset.study === study) {
      return;
    }
    this.#shown?.abort();
    this.#shown = new AbortController();
    try {
      const answer = await fetch(`/studies/${study}/panel`, { signal: this.#shown.signal });
      if (!answer.ok || answer.redirected) {
        location.assign(`/studies/${study}`); // says why
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      panel.replaceChildren(...page.body.childNodes);
      panel.dataset.study = study;
      for (const other of this.querySelectorAll('tr.on')) {
        other.classList.remove('on');
      }
      row.classList.add('on');
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.querySelector('#count').textContent = 'Not connected. What is shown may be old.';
      }
    }
  }

  /** @returns {boolean} whether the key meant something here */
  key(key) {
    const links = [...this.querySelectorAll('tr[data-study] a')];
    const at = links.indexOf(document.activeElement);
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
    if (step && links.length) {
      const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
      links[Math.max(0, Math.min(links.length - 1, next))].focus();
      return true;
    }
    if (key === 'Enter' && at >= 0 && 'open' in this.dataset) {
      const study = links[at].closest('tr').dataset.study;
      window.open(`/viewer/viewer?StudyInstanceUIDs=${study}`, '_blank', 'noopener');
      return true;
    }
    return false;
  }
}
