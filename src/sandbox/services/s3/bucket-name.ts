/**
 * Whether a new bucket may be called so. S3 User Guide, 'General purpose bucket naming rules'.
 */
export function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return false;
  if (name.includes("..") || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return false;
  return (
    !forbiddenBeginnings.some((beginning) => name.startsWith(beginning)) &&
    !forbiddenEndings.some((ending) => name.endsWith(ending))
  );
}

const forbiddenBeginnings = ["xn--", "sthree-", "amzn-s3-demo-"];
const forbiddenEndings = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
