/**
 * An error as AWS answers it: a code such as `NoSuchBucket`, a sentence, a status. Who serves AWS's protocols throws it,
 * and the wire's codec gives it the shape of the protocol.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the answer's error, such as `BucketName` of S3. */
  readonly members: Readonly<Record<string, string>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
