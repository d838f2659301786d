/** A part of a message that cannot be read; which of AWS's codes that is depends on the protocol. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}
