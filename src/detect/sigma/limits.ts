/** Characters of one file; the largest public rule has some thirty thousand. */
export const fileLengthMax: number = 1024 * 1024;

/** Documents in one file. */
export const documentsMax = 1_000;

/** Nesting of lists and maps. The reader of YAML recurses, and a stack that runs out ends the process. */
export const nestingMax = 40;

/** Nodes of one document, each counted as often as an alias repeats it. */
export const nodesMax = 50_000;

/** Characters of one condition. */
export const conditionLengthMax = 10_000;

/** Parentheses and `not` in one another, in a condition. */
export const conditionDepthMax = 50;

/** Values that one value of a rule may become, by placeholders, dashes or offsets. */
export const expansionsMax = 1_000;

/** Values of one document, each counted as often as modifiers multiply it. */
export const documentValuesMax = 50_000;

/** Percent signs in one value with placeholders. */
export const percentSignsMax = 100;

/** Ways to choose a few of many searches; more are not written out. */
export const choicesMax = 300;

/** Values of one list. */
export const valuesMax = 10_000;
