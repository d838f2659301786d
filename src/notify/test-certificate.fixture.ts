/** A key and a certificate for localhost that nothing but these tests trusts; made with openssl, valid for a hundred years. */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGZd+3EZ0BCTEbAHP
9DBvbdt+ml338SoWTBHM7rDBZUuhRANCAATibChjyykCVRj2Nc68w8rOxjAU13fd
gUG6g4jwafxI6Szvv2lL+eBN9kAxMThekhBrvbCN66Jru4Ic4eAT+srv
-----END PRIVATE KEY-----`;

export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUDbrJ8O1IQWesWE8eok9VtSU2aacwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE3MTUzNloYDzIxMjYxMDI4
MTcxNTM2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATibChjyykCVRj2Nc68w8rOxjAU13fdgUG6g4jwafxI6Szvv2lL+eBN
9kAxMThekhBrvbCN66Jru4Ic4eAT+srvo28wbTAdBgNVHQ4EFgQUYGpjzW/rTL+5
DajUMOyy5dqadbowHwYDVR0jBBgwFoAUYGpjzW/rTL+5DajUMOyy5dqadbowDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgU3pjP3bYDi7yQID04XkjUQAXpeLFHqTmGvauh5Q0ulACIGBP
QUDbhe2+tnykli+J7pih9yru/0uD/u8ElR3+cytZ
-----END CERTIFICATE-----`;
