/**
 * Writes a text so that it is read back as exactly this text: as it is when nothing in it is special, else in quotation
 * marks.
 */
export function quoteValue(text: string, always = false): string {
  const isPlain = /^[A-Za-z0-9_@.][A-Za-z0-9_@.:+=/-]*$/.test(text) && !/^(?:and|or|not|to)$/i.test(text);
  return isPlain && !always ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
