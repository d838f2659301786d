/** Carries what is wrong with a document up through its readers; `readRules` turns it into a refusal. */
export class SigmaFault extends Error {
  /** An offset into the file's text. */
  readonly at: number;
  /** The document is sound, and speaks of other logs than CloudTrail's. */
  readonly isOtherSource: boolean;

  constructor(message: string, at: number, isOtherSource = false) {
    super(message);
    this.at = at;
    this.isOtherSource = isOtherSource;
  }
}
