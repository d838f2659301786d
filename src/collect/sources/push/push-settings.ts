import { z } from "zod";

export const pushSettings = z.object({
  tokenHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, "A header's name has letters, digits and dashes")
    .optional()
    .describe("Header that the token may also come in, where a sender cannot set Authorization"),
  mebibytesMax: z.int().min(1).max(256).default(50).describe("How large a post may be as it comes, in MiB"),
  postsAtOnce: z.int().min(1).max(256).default(32).describe("Posts that are taken in at once; more are asked to wait"),
});

export type PushSettings = z.infer<typeof pushSettings>;
