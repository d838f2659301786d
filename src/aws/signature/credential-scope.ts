/** What a request is signed for, as its credential says: `AKID/20130524/us-east-1/s3/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `20130524` */
  readonly date: string;
  readonly region: string;
  /** The signing name, such as `s3`. */
  readonly service: string;
}

const scope = /^([\w-]{1,128})\/(\d{8})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request$/;

export function parseCredentialScope(text: string): CredentialScope | undefined {
  const found = scope.exec(text);
  if (found === null) return undefined;
  const [, accessKeyId = "", date = "", region = "", service = ""] = found;
  return { accessKeyId, date, region, service };
}

/** The scope without its key, as it stands in the string to sign. */
export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}
