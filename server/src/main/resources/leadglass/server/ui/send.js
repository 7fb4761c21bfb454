// One file to the archive by STOW-RS (PS3.18 §10.5), with real progress.

/** What went wrong, in words, for codes without words (PS3.18 §I.2). */
const REASONS = new Map([
  [0xA700, 'The archive has too little space left.'],
  [0xA900, 'It is of another kind than it says.'],
  [0xC000, 'It cannot be understood.'],
  [0xC101, 'Another file with the same identifier is held already.'],
  [0x0110, 'The archive failed while storing it.'],
  [0x0122, 'Objects of this kind are not taken.'],
  [0x0124, 'This account may not store.'],
]);

function value(item, tag) {
  return item?.[tag]?.Value?.[0];
}

/** The rules that were broken, as the archive says them beside the codes (RFC 9111 §5.5). */
function warnings(request) {
  const all = (request.getResponseHeader('Warning') ?? '').matchAll(/299 \S+ "([^"]*)"/g);
  return [...all].map(([, rule]) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`).join(' ');
}

function reason(request, answer) {
  const failed = value(answer, '00081198') ?? value(answer, '0008119A');
  if (failed) {
    const code = Number(value(failed, '00081197') ?? 0);
    return warnings(request) || REASONS.get(code)
      || `It was not taken (reason ${code.toString(16).toUpperCase()}).`;
  }
  return [answer?.title, answer?.detail].filter(Boolean).join(' ');
}

/** @typedef {{kind: 'stored'|'refused'|'signedOut'|'later'|'lost'|'stopped', why: string, seconds?: number}} Outcome */

/**
 * @param {File} file
 * @param {(bytes: number) => void} progress bytes sent so far
 * @param {AbortSignal} stop
 * @returns {Promise<Outcome>}
 */
export function send(file, progress, stop) {
  return new Promise((done) => {
    if (stop.aborted) {
      done({ kind: 'stopped', why: 'Stopped.' });
      return;
    }
    const boundary = `leadglass-${crypto.randomUUID()}`;
    const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
    const body = new Blob([head, file, `\r\n--${boundary}--\r\n`]);
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = (outcome) => {
      stop.removeEventListener('abort', abort);
      done(outcome);
    };
    stop.addEventListener('abort', abort);
    request.open('POST', '/dicomweb/studies');
    request.setRequestHeader('Content-Type', `multipart/related; type="application/dicom"; boundary=${boundary}`);
    request.setRequestHeader('Accept', 'application/dicom+json');
    request.upload.addEventListener('progress', (event) => progress(Math.min(event.loaded, file.size)));
    request.addEventListener('abort', () => end({ kind: 'stopped', why: 'Stopped.' }));
    request.addEventListener('error', () => end({ kind: 'lost', why: 'No connection.' }));
    request.addEventListener('load', () => end(outcome(request)));
    request.send(body);
  });
}

function outcome(request) {
  let answer = null;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // Without words of the archive's the status has to do.
  }
  const failed = answer && (answer['00081198'] || answer['0008119A']);
  if (request.status === 401) {
    return { kind: 'signedOut', why: '' };
  }
  if (request.status === 429 || request.status === 503) {
    const seconds = Number(request.getResponseHeader('Retry-After')) || 5;
    return { kind: 'later', why: reason(request, answer) || 'The archive is busy.', seconds: Math.min(seconds, 60) };
  }
  if (request.status >= 200 && request.status < 300 && !failed) {
    return { kind: 'stored', why: warnings(request) };
  }
  return { kind: 'refused', why: reason(request, answer) || 'The archive did not take it.' };
}
