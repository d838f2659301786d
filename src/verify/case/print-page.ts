import { type CaseContents, claimsOf, numbered } from "./case-contents.ts";
import { html, type Html, timeText } from "./escape-html.ts";
import type { CaseFile } from "./pack-case.ts";
import { pageStyle } from "./page-style.ts";
import { printDigests, printEvents, printKeyTable, printLogFiles } from "./page-tables.ts";

/** The one page that explains a case to whoever has to judge it: no script, nothing from elsewhere, fit for paper. */
export function printPage(contents: CaseContents, files: readonly CaseFile[]): string {
  const { ask } = contents;
  const title = ask.title === "" ? "Case" : ask.title;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${{ html: pageStyle }}
        </style>
      </head>
      <body>
        <header>
          <p class="kind">Sealed case of AWS CloudTrail events</p>
          <h1>${title}</h1>
          ${ask.note.split("\n").map((line) => html`<p>${line}</p>`)}
        </header>
        ${verdict(contents)} ${facts(contents)} ${howProven()} ${howChecked(contents)} ${limits()}
        ${notProven(contents)} ${printEvents(contents.events)} ${printLogFiles(contents.logFiles, contents.leftOut)}
        ${printDigests(contents.digests, contents.gaps)} ${printKeyTable(contents.keys)} ${whatIsInside(files)}
      </body>
    </html> `;
  return page.html;
}

function verdict(contents: CaseContents): Html {
  const claims = claimsOf(contents);
  return html`<p class="verdict ${claims.isAllProven ? "good" : "open"}">${claims.sentence}.</p>`;
}

function facts({ ask, madeAt, version, events }: CaseContents): Html {
  const span = `${ask.from === undefined ? "the first event" : timeText(ask.from)} to ${ask.to === undefined ? "the last event" : timeText(ask.to)}`;
  const by = ask.by === undefined || ask.by === "" ? "" : ` by ${ask.by}`;
  return html`<table class="facts">
    <tr>
      <th>Question</th>
      <td><code>${ask.query === "" ? "all events" : ask.query}</code></td>
    </tr>
    <tr>
      <th>Span asked for</th>
      <td>${span}</td>
    </tr>
    <tr>
      <th>Events found</th>
      <td>${numbered(events.events, "event")}, from ${timeText(events.firstAt)} to ${timeText(events.lastAt)}</td>
    </tr>
    <tr>
      <th>Made</th>
      <td>${timeText(madeAt)}${by}, with Trailwarden ${version}</td>
    </tr>
  </table>`;
}

function howProven(): Html {
  return html`<h2>What is proven, and how</h2>
    <ol>
      <li>
        CloudTrail, the recorder of AWS, writes events into <b>log files</b>. Each hour it writes a <b>digest</b>, which
        names every log file of that hour with the SHA-256 of its content: a number that no other content has.
      </li>
      <li>
        AWS <b>signs</b> each digest with a key that only AWS has. Anybody can verify the signature with the public key
        that belongs to it. Each digest also names the one before it, so that they form a <b>chain</b> in which none can
        be exchanged or taken out unnoticed.
      </li>
      <li>
        This case holds the events asked for, the log files that they stand in, the digests that name these log files,
        the digests between them and one on each side, their signatures, and the public keys.
      </li>
      <li>
        So an event is proven when it stands, byte for byte, in a log file whose content has the SHA-256 that a digest
        names which AWS signed. It is then what CloudTrail recorded, unchanged since.
      </li>
    </ol>`;
}

function howChecked({ commands }: CaseContents): Html {
  const aws =
    commands.length === 0
      ? html`<p>No digest of this case can be checked with the AWS CLI.</p>`
      : html`<p>
          With <b>AWS's own program</b>, the AWS CLI (1.45, 2.22 or newer), and Python 3.6 or newer, without a network
          or an account: <code>python3 serve.py --run</code> offers this folder to the AWS CLI on this machine and runs
          <code>aws cloudtrail validate-logs</code> on it; without <code>--run</code> it prints the commands.
          <code>node check.mjs --serve --run</code> does the same with Node.js.
        </p>`;
  return html`<h2>How to check it yourself</h2>
    <p>
      With <b>Node.js</b> 18 or newer, without a network: <code>node check.mjs</code> verifies every file, key,
      signature, chain, log file and event of this folder, says what it found, and ends with 0 when all is proven,
      otherwise with 1. It is one file that can be read, and uses nothing but Node.js itself.
    </p>
    ${aws}`;
}

function limits(): Html {
  return html`<h2>What it rests on, and what it does not say</h2>
    <ul>
      <li>
        The list of SHA-256 sums in <code>manifest.json</code>, and its seal in <code>manifest.sha256</code>, protect
        against accidents: whoever may change a file here can change the list as well. Against that helps the seal, if
        it was written down elsewhere when the case was made. <b>What proves is AWS's signatures.</b>
      </li>
      <li>
        Signatures are as good as the public keys that they are verified with. Those in
        <code>public-keys.json</code> were kept when the log files were collected, as AWS or a person told them. Compare
        their fingerprints below with what AWS says today (<code
          >aws cloudtrail list-public-keys --region REGION --start-time TIME --end-time TIME</code
        >), or with a copy that somebody else keeps.
      </li>
      <li>
        <code>check.mjs</code> lies in the same folder as what it checks. If in doubt, take it from another case or from
        Trailwarden's source, and give it this folder: <code>node check.mjs FOLDER</code>.
      </li>
      <li>
        The case holds what answers the question above and was collected. That nothing else happened is not proven by
        it.
      </li>
    </ul>`;
}

const listedMax = 500;

function notProven({ logFiles, digests, gaps, events }: CaseContents): Html {
  const digestSentences = digests
    .filter(({ judged }) => judged.verdict.kind !== "valid")
    .map(({ sentence }) => sentence);
  const fileSentences = logFiles.filter(({ verdict: kind }) => kind !== "proven").map(({ sentence }) => sentence);
  const open = events.unproven();
  const eventSentences =
    open === 0
      ? []
      : [`${numbered(open, "event")} in no proven log file of this case; node check.mjs names their lines`];
  const all = [...eventSentences, ...fileSentences, ...digestSentences, ...gaps.map(({ sentence }) => sentence)];
  if (all.length === 0)
    return html`<h2>What could not be proven</h2>
      <p>Nothing: all that is here is proven.</p>`;
  const more =
    all.length > listedMax ? [html`<p>… and ${all.length - listedMax} more; manifest.json lists them.</p>`] : [];
  return html`<h2>What could not be proven, and why</h2>
    <ul>
      ${all.slice(0, listedMax).map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    ${more}`;
}

function whatIsInside(files: readonly CaseFile[]): Html {
  const objects = files.filter(({ path }) => path.startsWith("s3/")).length;
  return html`<h2>What lies in this folder</h2>
    <table>
      <tr>
        <th>README.html</th>
        <td>This page</td>
      </tr>
      <tr>
        <th>events.ndjson</th>
        <td>The events, one a line, byte for byte as their log files have them</td>
      </tr>
      <tr>
        <th>s3/</th>
        <td>${numbered(objects, "object")}: log files and digests under their buckets and keys</td>
      </tr>
      <tr>
        <th>metadata.json</th>
        <td>The signatures of the digests, which S3 keeps beside the objects</td>
      </tr>
      <tr>
        <th>public-keys.json</th>
        <td>The public keys, as <code>aws cloudtrail list-public-keys</code> prints them</td>
      </tr>
      <tr>
        <th>check.mjs</th>
        <td>Checks the case with Node.js</td>
      </tr>
      <tr>
        <th>serve.py, serve.mjs</th>
        <td>Let the AWS CLI check it</td>
      </tr>
      <tr>
        <th>manifest.json</th>
        <td>Every file with its size and SHA-256, and all that is said on this page</td>
      </tr>
      <tr>
        <th>manifest.sha256</th>
        <td>The seal: the SHA-256 of manifest.json</td>
      </tr>
    </table>`;
}
