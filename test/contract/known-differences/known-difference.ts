import { type Plain } from "../contract-case.ts";

/**
 * Where moto 5.2.1 answers otherwise than AWS does. What AWS answers is the case's `expected`, which the sandbox has to
 * answer too; the page that decides is the case's `source`.
 */
export interface KnownDifference {
  /** As the case is called in the test: `s3: …`. */
  readonly case: string;
  /** What moto answers. */
  readonly moto: Plain;
  /** What moto does otherwise. */
  readonly why: string;
}
