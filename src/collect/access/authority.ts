/** AWS itself, whichever of its endpoints is asked. */
export const awsAuthority = "aws";

/**
 * Whose word counts at an endpoint: AWS's, or that of what stands in for it. A key that a sandbox tells must prove
 * nothing of AWS's.
 */
export function authorityOf(endpoint: string | undefined): string {
  if (endpoint === undefined) return awsAuthority;
  const { hostname, origin, protocol } = new URL(endpoint);
  const isAws = protocol === "https:" && /(?:^|\.)amazonaws\.(?:com|com\.cn|eu)$/.test(hostname);
  return isAws ? awsAuthority : origin;
}
