/** The parts of an ARN; `resource` is all that stands behind the account. */
export interface ResourceArn {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

const shape = /^arn:aws(?:-[a-z]+)*:([a-z0-9-]{1,64}):([a-z0-9-]{0,64}):(\d{12}|):(.{1,1024})$/su;

/** Reads an ARN; anything else is undefined. */
export function readArn(text: string | undefined): ResourceArn | undefined {
  if (text === undefined || text.length > 1_600) return undefined;
  const parts = shape.exec(text);
  if (parts === null) return undefined;
  const [, service = "", region = "", accountId = "", resource = ""] = parts;
  return { service, region, accountId, resource };
}
