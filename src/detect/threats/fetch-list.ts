import { lookup as resolve } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { readAddress, readRange } from "../../predicate/index.ts";

/** What a URL gave: a text, or that it has not changed since. */
export type FetchedList =
  | { readonly kind: "text"; readonly text: string; readonly etag: string }
  | { readonly kind: "same" };

/** Fetches a list; fails with an `Error` whose message people read. */
export type FetchList = (
  url: string,
  options: { readonly etag: string; readonly signal: AbortSignal },
) => Promise<FetchedList>;

export const listBytesMax = 64 * 1024 * 1024;
const fetchTakesMs = 120_000;
const redirectsMax = 5;
const etagCharactersMax = 200;

/**
 * Fetches a list over HTTP. What answers is not trusted: so many bytes, so long, and no way on to another host. A name
 * may lead into a private network, where people have lists of their own; to this machine itself, or to where a cloud
 * hands out credentials, it may not.
 */
export const fetchList: FetchList = async (url, { etag, signal }) => {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(fetchTakesMs)]);
  let place = new URL(url);
  for (let redirects = 0; redirects <= redirectsMax; redirects++) {
    const answer = await ask(place, etag, stop);
    const status = answer.statusCode ?? 0;
    if (status === 200) return { kind: "text", text: await readBody(answer), etag: etagOf(answer) };
    answer.destroy();
    if (status === 304 && etag !== "") return { kind: "same" };
    const location = answer.headers.location;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
      throw new Error(`It answered with ${status}`);
    }
    place = nextPlace(place, location);
  }
  throw new Error("It leads on and on to other addresses");
};

function nextPlace(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (to === undefined || !isHttp(to)) throw new Error("It leads on to what is no address of the web");
  if (to.hostname !== from.hostname)
    throw new Error(`It leads on to another host, ${to.hostname}: give that URL if it is right`);
  if (from.protocol === "https:" && to.protocol !== "https:") throw new Error("It leads on from https to http");
  return to;
}

export function isHttp({ protocol }: URL): boolean {
  return protocol === "https:" || protocol === "http:";
}

function ask(place: URL, etag: string, signal: AbortSignal): Promise<IncomingMessage> {
  const host = place.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && isForbidden(host, true)) throw new Error("No list is fetched from there");
  const headers = {
    "user-agent": "trailwarden",
    accept: "text/plain, text/csv, application/json, */*;q=0.5",
    "accept-encoding": "identity",
    ...(etag === "" ? {} : { "if-none-match": etag }),
  };
  const request = place.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((fulfil, reject) => {
    request(place, { headers, signal, agent: false, lookup: lookupAllowed }, fulfil).on("error", reject).end();
  });
}

/** Resolves a name, and keeps to what it resolved to: asked a second time it might name another place. */
const lookupAllowed: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      done(error, "", 0);
      return;
    }
    const isNamedSo = hostname === "localhost";
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isForbidden(address, isNamedSo))) {
      done(new Error(`${hostname} leads to where no list is fetched from`), "", 0);
    } else if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

/** Where clouds hand out credentials. */
const linkLocal = ["169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128"].flatMap((text) => readRange(text) ?? []);
/** This machine, which a name that somebody else keeps should not lead to. */
const thisMachine = ["127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128"].flatMap((text) => readRange(text) ?? []);

function isForbidden(text: string, isNamedSo: boolean): boolean {
  const address = readAddress(text);
  const ranges = isNamedSo ? linkLocal : [...linkLocal, ...thisMachine];
  return address === undefined || ranges.some(({ first, last }) => address >= first && address <= last);
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > listBytesMax) throw new Error(`It is larger than ${listBytesMax / 1024 / 1024} MB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function etagOf({ headers }: IncomingMessage): string {
  const { etag = "" } = headers;
  return etag.length <= etagCharactersMax && /^[\u0021-\u007e ]*$/.test(etag) ? etag : "";
}
