/** Characters of one query. */
export const queryLengthMax = 10_000;

/** Parentheses and negations inside each other. */
export const queryDepthMax = 200;

/** Conditions in one query. */
export const queryTermsMax = 1_000;
