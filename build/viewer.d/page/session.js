// The viewer asks for metadata with XMLHttpRequest and for frames with fetch, and knows nothing of sessions: without this
// a session that ended looks like images that never arrive. A request that is answered 401 is held, the reader is asked
// to sign in in another tab, and then it is sent again. Nothing on screen is lost. This page never asks for a password.
(() => {
  const ENDED = 401;
  const LOOK_MS = 3000;
  const LOOKS_MAX = 200; // ten minutes; a forgotten tab must not ask all night
  const LOST_PAUSES_MS = [500, 2000]; // a frame that was lost on the way is asked for again; the viewer itself does not
  const held = new Set();
  let trying = false;
  let looking;
  let dialog;

  // Whoever came by a link never signs in: their link may have been stopped, or they open it again.
  const byLink = location.pathname.startsWith("/s/");
  const signInAt = location.pathname.startsWith("/my/") ? "/my/sign-in" : "/sign-in";

  const isOurs = (url) => new URL(url, location.href).origin === location.origin;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function makeDialog() {
    const title = element("h2", { id: "leadglass-session-title" }, byLink ? "This link is closed" : "Your session has ended");
    const words = element(
      "p",
      {},
      byLink
        ? "It ended, it was stopped, or nobody used it for a while. Open it again from the message you got, then continue here; or ask the person who sent it."
        : "The images and your measurements stay here. Sign in in a new tab, then come back.",
    );
    const signIn = byLink
      ? ""
      : element("a", { href: signInAt, target: "_blank", rel: "noopener", onclick: lookForSession }, "Sign in in a new tab");
    const again = element("button", { type: "button", onclick: tryAgain }, "Continue");
    const state = element("p", { role: "status" });
    const made = element("dialog", { className: "leadglass-session" }, title, words, state, signIn, again);
    made.setAttribute("aria-labelledby", title.id);
    made.addEventListener("cancel", (event) => event.preventDefault());
    // Browsers let a second Escape close any dialog.
    made.addEventListener("close", () => held.size > 0 && made.showModal());
    // Said once: a screen reader would repeat it at each look.
    made.say = (text) => state.textContent !== text && state.replaceChildren(text);
    document.body.append(made);
    return made;
  }

  /** The tab that signs in shares nothing with this one but the cookie, so we look whether it is there. */
  function lookForSession() {
    clearInterval(looking);
    let looks = 0;
    looking = setInterval(() => {
      if ((held.size === 0 && !trying) || ++looks > LOOKS_MAX) {
        clearInterval(looking);
      } else {
        tryAgain();
      }
    }, LOOK_MS);
  }

  /** Keeps `send` until the session is back. Returns how to forget it. */
  function hold(send) {
    held.add(send);
    dialog ??= makeDialog();
    if (!dialog.open) {
      dialog.say("");
      dialog.showModal();
    }
    return () => {
      held.delete(send);
      closeWhenDone();
    };
  }

  /** One held request goes first; only when it is answered do the others follow. */
  function tryAgain() {
    const [first] = held;
    if (first && !trying) {
      trying = true;
      held.delete(first);
      first();
    }
  }

  function answered(status) {
    if (!trying) {
      return;
    }
    trying = false;
    if (status === ENDED) {
      dialog.say(byLink ? "Not open." : "Not signed in yet.");
      return; // the caller holds it again
    }
    if (status === 0) {
      dialog.say("No answer yet.");
      closeWhenDone();
      return;
    }
    const sends = [...held];
    held.clear();
    closeWhenDone();
    sends.forEach((send) => send());
  }

  function closeWhenDone() {
    if (held.size === 0 && !trying && dialog?.open) {
      dialog.close();
    }
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tryAgain());
  window.addEventListener("focus", tryAgain);

  const plainFetch = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!isOurs(request.url)) {
      return plainFetch(request);
    }
    for (let lost = 0; ; ) {
      let response;
      try {
        response = await plainFetch(request.clone());
      } catch (failure) {
        answered(0);
        if (request.method !== "GET" || request.signal.aborted || lost === LOST_PAUSES_MS.length) {
          throw failure;
        }
        await new Promise((resolve) => setTimeout(resolve, LOST_PAUSES_MS[lost++]));
        continue;
      }
      answered(response.status);
      if (response.status !== ENDED) {
        return response;
      }
      await new Promise((resolve, reject) => {
        const forget = hold(resolve);
        request.signal.addEventListener("abort", () => {
          forget();
          reject(request.signal.reason);
        });
      });
    }
  };

  window.XMLHttpRequest = class extends XMLHttpRequest {
    #opened;
    #headers = [];
    #body;
    #forget;

    constructor() {
      super();
      // These listeners are the first, so nobody else sees the answer of a request that is held.
      for (const type of ["readystatechange", "progress", "load", "loadend"]) {
        this.addEventListener(type, (event) => {
          if (this.status === ENDED && this.#opened?.ours) {
            event.stopImmediatePropagation();
            if (type === "loadend") {
              answered(ENDED);
              this.#forget = hold(() => this.#sendAgain());
            }
          }
        });
      }
      this.addEventListener("loadend", () => answered(this.status));
    }

    open(method, url, async = true, ...rest) {
      this.#opened = { arguments: [method, url, async, ...rest], ours: async && isOurs(url) };
      this.#headers = [];
      super.open(method, url, async, ...rest);
    }

    setRequestHeader(name, value) {
      super.setRequestHeader(name, value);
      this.#headers.push([name, value]);
    }

    send(body) {
      this.#body = body;
      super.send(body);
    }

    abort() {
      if (this.#forget) {
        this.#forget();
        this.#forget = undefined;
        super.abort();
        this.dispatchEvent(new ProgressEvent("abort"));
        this.dispatchEvent(new ProgressEvent("loadend"));
      } else {
        super.abort();
      }
    }

    #sendAgain() {
      this.#forget = undefined;
      super.open(...this.#opened.arguments);
      this.#headers.forEach(([name, value]) => super.setRequestHeader(name, value));
      super.send(this.#body);
    }
  };
})();
