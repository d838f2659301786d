import { type Case, found, upper } from "./case.ts";

const slower =
  /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|TooManyRequestsException|SlowDown|RequestLimitExceeded|KmsThrottled|KMS\.ThrottlingException|OverLimit|.*OverLimit)$/;
const network =
  /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|EPROTO|TimeoutError|RequestTimeout|ERR_STREAM_PREMATURE_CLOSE|HPE_.*|object-cut-off|InternalError|InternalFailure|InternalServerError|ServiceUnavailable|ServiceUnavailableException|ServiceFailure|KMS\.(KMSInternal|DependencyTimeout)Exception)$/;
const certificate =
  /^(CERT_.*|ERR_TLS_.*|ERR_SSL_.*|UNABLE_TO_.*|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|HOSTNAME_MISMATCH)$/;

/** AWS is busy, the way to it is cut, or this machine has no room. */
export const machineCases: readonly Case[] = [
  function storeFull({ code, message }) {
    if (!/^(ENOSPC|EDQUOT)$/.test(code) && !/ENOSPC|No space left|NOT_ENOUGH_SPACE/i.test(message)) return undefined;
    return found(
      "store-full",
      "The disk of the data folder is full",
      "Make room; collecting goes on by itself then, and nothing was lost",
    );
  },
  function throttled({ code, status, service }) {
    if (!slower.test(code) && !(service !== "" && (status === 503 || status === 429))) return undefined;
    return found("throttled", "AWS asks to go slower", "Nothing needs to be done: it goes on more slowly by itself");
  },
  function folderMissing({ code }, { what }) {
    if (!/^(ENOENT|ENOTDIR|EISDIR|EACCES|EPERM|EROFS|EIO|ELOOP)$/.test(code)) return undefined;
    return found(
      "folder-missing",
      `${upper(what)} cannot be read (${code})`,
      "See that it is there, and that the user who runs Trailwarden may read it",
    );
  },
  function untrusted({ code }, { what }) {
    if (!certificate.test(code)) return undefined;
    return found(
      "unreachable",
      `${upper(what)} cannot be reached: the certificate at the other end is not trusted (${code})`,
      "Where a proxy opens the connection, give its certificate to Node (NODE_EXTRA_CA_CERTS); else see where the endpoint leads",
    );
  },
  function nameless({ code, host }, { what }) {
    if (code !== "ENOTFOUND" || host === undefined) return undefined;
    return found(
      "unreachable",
      `${upper(what)} cannot be reached: the name ${host} is not known (ENOTFOUND)`,
      "See that the region in it is one of AWS's, and that this machine's DNS answers for AWS's names",
    );
  },
  function somebodyElse({ message }, { what }) {
    if (!message.includes("Deserialization error") && !/XML parse error|is not valid JSON/.test(message))
      return undefined;
    return found(
      "unreachable",
      `${upper(what)} is answered for by something that is not AWS`,
      "A proxy, a login page or another program stands between: see where the endpoint and HTTPS_PROXY lead",
    );
  },
  function unreachable({ code, message, status, host }, { what }) {
    const isNetwork = network.test(code) || status >= 500 || /socket hang up|ECONNREFUSED|timed? ?out/i.test(message);
    if (!isNetwork) return undefined;
    const where = host === undefined ? "" : ` at ${host}`;
    const how = /^E[A-Z_]+$/.test(code) ? ` (${code})` : "";
    return found(
      "unreachable",
      `${upper(what)} cannot be reached${where}${how}`,
      status >= 500
        ? "Something is wrong at AWS; it is tried again by itself"
        : "See that this machine reaches AWS: its network, a proxy, VPC endpoints, the endpoint in the settings",
    );
  },
];
