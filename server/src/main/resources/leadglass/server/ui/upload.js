// Sends files and folders: four at a time, each outcome told, everything stoppable.
import { chosen, looksLikeDicom, walk } from './files.js';
import { send } from './send.js';

const PARALLEL = 4;
const TRIES = 5;
const LIVE_MILLIS = 5000;
const ROWS_MAX = 1000;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function bytes(count) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (count >= 1000 && unit < units.length - 1) {
    count /= 1000;
    unit += 1;
  }
  return `${count >= 100 || unit === 0 ? Math.round(count) : count.toFixed(1)} ${units[unit]}`;
}

function files(count) {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'file' : 'files'}`;
}

function duration(seconds) {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}

export class Upload extends HTMLElement {
  #queue = [];
  #flying = new Map();
  #working = 0;
  #reading = 0;
  #stop = new AbortController();
  #resume = null;
  #counts = { found: 0, stored: 0, refused: 0, skipped: 0, unsent: 0 };
  #bytesFound = 0;
  #bytesDone = 0;
  #began = 0;
  #again = [];
  #timer = 0;
  #waits = '';

  connectedCallback() {
    this.#build();
    window.addEventListener('beforeunload', (event) => {
      if (this.#busy()) {
        event.preventDefault();
      }
    });
    // A drop beside the frame must not make the browser leave for the file.
    window.addEventListener('dragover', (event) => event.preventDefault());
    window.addEventListener('drop', (event) => this.#dropped(event));
  }

  #build() {
    this.folder = make('input', { type: 'file', hidden: true, webkitdirectory: true });
    this.files = make('input', { type: 'file', hidden: true, multiple: true });
    for (const input of [this.folder, this.files]) {
      input.addEventListener('change', () => {
        this.#take(chosen([...input.files]));
        input.value = '';
      });
    }
    const pick = (text, input, style) => {
      const button = make('button', { type: 'button', className: style, textContent: text });
      button.addEventListener('click', () => input.click());
      return button;
    };
    this.drop = make('div', { className: 'card drop' },
      make('p', {}, make('b', { textContent: 'Drop a folder, CD or files here' })),
      make('p', { className: 'go' },
        pick('Choose folder', this.folder, 'btn pri'), pick('Choose files', this.files, 'btn')),
      this.folder, this.files);
    this.drop.addEventListener('dragenter', () => this.drop.classList.add('over'));
    this.drop.addEventListener('dragleave', (event) => {
      if (!this.drop.contains(event.relatedTarget)) {
        this.drop.classList.remove('over');
      }
    });
    this.bar = make('progress', { max: 1, value: 0 });
    this.bar.setAttribute('aria-label', 'Bytes sent');
    this.says = make('p', { className: 'num' });
    this.live = make('p', { className: 'sr' });
    this.live.setAttribute('role', 'status');
    this.stopper = make('button', { type: 'button', className: 'btn', textContent: 'Stop' });
    this.stopper.addEventListener('click', () => this.#halt());
    this.retry = make('button', { type: 'button', className: 'btn', textContent: 'Send the rest again', hidden: true });
    this.retry.addEventListener('click', () => this.#sendAgain());
    this.signIn = make('p', { className: 'error', hidden: true },
      make('span', {}, 'Your session has ended. ',
        make('a', { href: '/sign-in', target: '_blank', rel: 'noopener', textContent: 'Sign in in a new tab' }),
        ', then '),
      this.#goOn());
    this.rows = make('tbody');
    const title = (text) => make('th', { scope: 'col', textContent: text });
    this.table = make('div', { className: 'card tb up', tabIndex: 0 },
      make('table', {},
        make('caption', { className: 'sr', textContent: 'What became of each file' }),
        make('thead', {}, make('tr', {}, title('File'), title('Size'), title('Outcome'))),
        this.rows));
    this.table.setAttribute('role', 'region');
    this.table.setAttribute('aria-label', 'Table of files');
    this.state = make('div', { className: 'card pad sending', hidden: true },
      this.bar, this.says, make('p', { className: 'go' }, this.stopper, this.retry), this.signIn);
    this.table.hidden = true;
    this.replaceChildren(this.drop, this.state, this.table, this.live);
  }

  #goOn() {
    const button = make('button', { type: 'button', className: 'btn sm', textContent: 'Go on' });
    button.addEventListener('click', () => {
      this.signIn.hidden = true;
      this.#resume?.resolve();
      this.#resume = null;
    });
    return button;
  }

  #busy() {
    return this.#working > 0 || this.#reading > 0 || this.#queue.length > 0;
  }

  #dropped(event) {
    event.preventDefault();
    this.drop.classList.remove('over');
    // Entries must be taken before this event ends.
    const entries = [...(event.dataTransfer?.items ?? [])]
      .map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...(event.dataTransfer?.files ?? [])];
    if (entries.length) {
      this.#take(walk(entries));
    } else if (plain.length) {
      this.#take(chosen(plain));
    }
  }

  async #take(source) {
    this.#start();
    this.#reading += 1;
    const stop = this.#stop.signal;
    try {
      for await (const { file, path } of source) {
        if (stop.aborted) {
          break;
        }
        if (await looksLikeDicom(file).catch(() => false)) {
          this.#counts.found += 1;
          this.#bytesFound += file.size;
          this.#queue.push({ file, path });
          this.#work();
        } else {
          this.#counts.skipped += 1;
        }
      }
    } finally {
      this.#reading -= 1;
      this.#ended();
    }
  }

  #start() {
    if (this.#busy()) {
      return;
    }
    if (this.#stop.signal.aborted) {
      this.#stop = new AbortController();
    }
    this.#began = performance.now();
    this.#bytesFound = 0;
    this.#bytesDone = 0;
    this.state.hidden = false;
    this.stopper.hidden = false;
    this.retry.hidden = true;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tell(), LIVE_MILLIS);
  }

  #work() {
    while (this.#working < PARALLEL && this.#queue.length) {
      this.#working += 1;
      this.#one(this.#queue.shift()).finally(() => {
        this.#working -= 1;
        this.#draw();
        this.#work();
        this.#ended();
      });
    }
    this.#draw();
  }

  async #one(entry) {
    const stop = this.#stop.signal;
    let outcome = { kind: 'stopped', why: 'Stopped.' };
    for (let tries = 1; tries <= TRIES; tries += 1) {
      outcome = await send(entry.file, (sent) => {
        this.#flying.set(entry, sent);
        this.#draw();
      }, stop);
      this.#flying.delete(entry);
      this.#waits = '';
      if (outcome.kind === 'signedOut') {
        tries -= 1;
        await this.#signedIn();
      } else if (outcome.kind === 'later' || outcome.kind === 'lost') {
        if (tries < TRIES) {
          this.#waits = ` Waiting: ${outcome.why}`;
          this.#draw();
          await this.#wait(outcome.seconds ?? 2 ** tries, stop);
        }
      } else {
        break;
      }
    }
    this.#bytesDone += entry.file.size;
    this.#record(entry, outcome);
  }

  #wait(seconds, stop) {
    return new Promise((done) => {
      const timer = setTimeout(done, 1000 * seconds);
      stop.addEventListener('abort', () => {
        clearTimeout(timer);
        done();
      }, { once: true });
    });
  }

  /** One promise for all four senders; ends when the person says so, or stops. */
  #signedIn() {
    if (!this.#resume) {
      this.signIn.hidden = false;
      this.live.textContent = 'Your session has ended. Sign in in a new tab, then choose Go on.';
      this.#resume = Promise.withResolvers();
      this.#stop.signal.addEventListener('abort', () => this.#resume?.resolve(), { once: true });
    }
    return this.#resume.promise;
  }

  #record(entry, outcome) {
    const stored = outcome.kind === 'stored';
    const refused = outcome.kind === 'refused';
    this.#counts[stored ? 'stored' : refused ? 'refused' : 'unsent'] += 1;
    if (!stored && !refused) {
      this.#again.push(entry);
    }
    this.table.hidden = false;
    const word = stored ? 'ok' : refused ? 'refused' : 'not sent';
    const cell = make('td', { className: 'why' },
      make('span', { className: `tag ${stored ? 'ok' : refused ? 'bad' : 'warn'}`, textContent: word }),
      ' ', outcome.why);
    const row = make('tr', { className: stored ? 'fine' : 'wrong' },
      make('td', { className: 'path' }, make('bdi', { textContent: entry.path })),
      make('td', { className: 'num muted', textContent: bytes(entry.file.size) }), cell);
    // What went wrong stays on top and stays; what went well makes room.
    const firstFine = this.rows.querySelector('tr.fine');
    if (stored || !firstFine) {
      this.rows.append(row);
    } else {
      firstFine.before(row);
    }
    if (this.rows.childElementCount > ROWS_MAX) {
      (this.rows.querySelector('tr.fine') ?? this.rows.firstElementChild).remove();
    }
  }

  #summary() {
    const { found, stored, refused, skipped, unsent } = this.#counts;
    const parts = [`${stored.toLocaleString('en-GB')} of ${files(found)} stored`];
    if (refused) {
      parts.push(`${files(refused)} refused`);
    }
    if (unsent) {
      parts.push(`${files(unsent)} not sent`);
    }
    if (skipped) {
      parts.push(`${files(skipped)} without DICOM images skipped`);
    }
    return parts.join(', ');
  }

  #draw() {
    const flying = [...this.#flying.values()].reduce((sum, sent) => sum + sent, 0);
    const sent = this.#bytesDone + flying;
    this.bar.max = Math.max(1, this.#bytesFound);
    this.bar.value = sent;
    const seconds = (performance.now() - this.#began) / 1000;
    let pace = '';
    if (this.#busy() && seconds > 1 && sent > 0) {
      const rate = sent / seconds;
      pace = `, ${bytes(rate)}/s`;
      if (!this.#reading) {
        pace += `, ${duration((this.#bytesFound - sent) / rate)} left`;
      }
    }
    this.says.textContent = `${this.#summary()}${pace}.${this.#waits}`;
  }

  #tell() {
    if (this.signIn.hidden) {
      this.live.textContent = this.#summary() + this.#waits;
    }
  }

  #ended() {
    if (this.#busy()) {
      return;
    }
    clearInterval(this.#timer);
    this.stopper.hidden = true;
    this.retry.hidden = this.#again.length === 0;
    this.#draw();
    this.live.textContent = `Done. ${this.#summary()}.`;
  }

  #halt() {
    const left = this.#queue.splice(0);
    this.#stop.abort();
    for (const entry of left) {
      this.#record(entry, { kind: 'stopped', why: 'Stopped.' });
    }
    this.signIn.hidden = true;
    this.#ended();
  }

  #sendAgain() {
    const entries = this.#again.splice(0);
    this.#counts.unsent -= entries.length;
    for (const row of [...this.rows.querySelectorAll('tr.wrong')]) {
      if (row.querySelector('.tag.warn')) {
        row.remove();
      }
    }
    this.#start();
    this.#bytesFound = entries.reduce((sum, entry) => sum + entry.file.size, 0);
    this.#queue.push(...entries);
    this.#work();
  }
}
