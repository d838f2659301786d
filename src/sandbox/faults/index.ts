// In: what is on its way (notices, files, calls), somebody with all rights in each account
// Out: the same, late, changed, twice or never; what was asked of faults, clock and stories
// Never: a fault that nobody asked for
export { FaultBoard } from "./board.ts";
export { createControl } from "./control.ts";
export { StoryPlays } from "./story-plays.ts";
