// Passkeys: asks the browser for one and brings the answer. Without script there is password and code.

function bytes(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const WORDS = {
  'sign-in': 'Continue with passkey',
  'step-up': 'Continue with passkey',
  factor: 'Continue with passkey',
  add: 'Add a passkey',
  join: 'Go on with a passkey',
  enter: 'Continue with passkey',
  own: 'Make my passkey',
};

const ADDRESS = {
  'sign-in': '/sign-in/passkey',
  'step-up': '/step-up/passkey',
  factor: '/sign-in/factor/passkey',
  add: '/account/passkeys',
  join: '/invite/passkey',
  enter: '/my/sign-in',
  own: '/my/passkey',
};

const MAKES = new Set(['add', 'join', 'own']);

// A patient has one alone, which needs no name.
const NAMED = new Set(['add', 'join']);

async function post(address, fields) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(fields),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(said.rule ?? said.title ?? 'That did not work. Try again.');
  }
  return said;
}

export class Passkey extends HTMLElement {
  #waiting = null;
  #renewal = 0;
  #said = null;
  #label = null;

  connectedCallback() {
    if (!window.PublicKeyCredential) {
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = MAKES.has(this.dataset.act) ? 'btn pri' : 'btn wide';
    button.textContent = WORDS[this.dataset.act];
    button.addEventListener('click', () => this.#act(button));
    this.#said = document.createElement('p');
    this.#said.setAttribute('role', 'alert');
    this.#said.className = 'help';
    const parts = [button, this.#said];
    if (NAMED.has(this.dataset.act)) {
      parts.unshift(this.#naming());
    }
    this.replaceChildren(...parts);
    if (this.dataset.act === 'sign-in') {
      this.#offer();
    }
  }

  disconnectedCallback() {
    this.#stop();
  }

  #naming() {
    const ask = document.createElement('div');
    ask.className = 'ask';
    const label = document.createElement('label');
    label.htmlFor = 'passkey-label';
    label.textContent = 'Name of the new passkey';
    this.#label = document.createElement('input');
    this.#label.id = 'passkey-label';
    this.#label.className = 'in';
    this.#label.maxLength = 64;
    this.#label.placeholder = 'Such as: my phone';
    this.#label.autocomplete = 'off';
    ask.append(label, this.#label);
    return ask;
  }

  async #act(button) {
    button.disabled = true;
    this.#said.textContent = '';
    this.#stop();
    try {
      await this.#ask({});
    } catch (why) {
      this.#said.textContent = this.#words(why);
    } finally {
      button.disabled = false;
    }
  }

  #words(why) {
    if (why.name === 'InvalidStateError') {
      return 'This device has a passkey for your account already.';
    }
    return why.name === 'NotAllowedError' || why.name === 'AbortError'
      ? 'No passkey was chosen.'
      : why.message;
  }

  // The browser offers passkeys in the field for the name, where it can.
  async #offer() {
    const can = await window.PublicKeyCredential.isConditionalMediationAvailable?.();
    if (!can || !this.isConnected) {
      return;
    }
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    try {
      await this.#ask({ mediation: 'conditional', signal });
    } catch (why) {
      if (!signal.aborted) {
        this.#said.textContent = this.#words(why);
      }
    }
  }

  #stop() {
    clearTimeout(this.#renewal);
    this.#waiting?.abort();
    this.#waiting = null;
  }

  async #ask(how) {
    const { act } = this.dataset;
    const question = await post(`${ADDRESS[act]}/begin`, {});
    if (how.mediation) {
      // The question ends; a fresh one shortly before.
      this.#renewal = setTimeout(() => {
        this.#stop();
        this.#offer();
      }, question.millis * 0.8);
    }
    const fields = MAKES.has(act) ? await this.#made(question) : await Passkey.#signed(question, how);
    const sent = { ticket: question.ticket, to: this.dataset.to ?? '', ...fields };
    const { to } = await post(ADDRESS[act], sent);
    location.assign(to);
  }

  async #made(question) {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { id: question.host, name: question.site },
        user: { id: bytes(question.handle), name: question.account, displayName: question.account },
        challenge: bytes(question.challenge),
        pubKeyCredParams: question.algorithms.map((alg) => ({ type: 'public-key', alg })),
        timeout: question.millis,
        excludeCredentials: question.known.map((id) => ({ type: 'public-key', id: bytes(id) })),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        attestation: 'none',
      },
    });
    return {
      label: this.#label?.value ?? '',
      clientData: text(made.response.clientDataJSON),
      attestation: text(made.response.attestationObject),
    };
  }

  static async #signed(question, how) {
    const signed = await navigator.credentials.get({
      ...how,
      publicKey: {
        rpId: question.host,
        challenge: bytes(question.challenge),
        timeout: question.millis,
        allowCredentials: question.known.map((id) => ({ type: 'public-key', id: bytes(id) })),
        userVerification: 'required',
      },
    });
    return {
      id: text(signed.rawId),
      clientData: text(signed.response.clientDataJSON),
      authenticatorData: text(signed.response.authenticatorData),
      signature: text(signed.response.signature),
      userHandle: text(signed.response.userHandle),
    };
  }
}
