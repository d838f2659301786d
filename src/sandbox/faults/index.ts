// In: what is on its way (notices, files, calls), somebody with all rights in each account
// Out: the same, late, changed, twice or never; what was asked of faults, clock and stories
// Never: a fault that nobody asked for
export { type ActiveFault, type BoardParts, FaultBoard, findFault } from "./board.ts";
export { faults } from "./catalogue.ts";
export { type ControlParts, createControl } from "./control.ts";
export { type Administrator, type AnyFault, defineFault, type FaultTargets } from "./fault.ts";
export { WrongParameters } from "./parameters.ts";
export type { StoryPlay } from "./story-plays.ts";
