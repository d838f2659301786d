/** As regions of AWS are called; servers of other makers are content with any word. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2}(?:-[a-z]{1,12}){1,3}-\d{1,2}$/.test(text);
}
