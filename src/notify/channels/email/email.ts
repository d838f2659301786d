import { z } from "zod";
import { defineChannel } from "../channel.ts";
import { failed, shortened } from "../post.ts";
import { commonSettings } from "../settings.ts";
import { mailOf } from "./mail.ts";
import { sendMail } from "./smtp.ts";

/** An address with neither spaces, nor signs that mean something in a header or in SMTP, nor letters beyond ASCII. */
const addressPattern = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/;
const address = z.string().regex(addressPattern, "An address looks like name@example.com");
const portMax = 65_535;
const recipientsMax = 100;

export const emailChannel = defineChannel({
  type: "email",
  summary: "E-mail, through an SMTP server",
  settings: z
    .strictObject({
      ...commonSettings,
      host: z
        .string()
        .regex(/^[\w.:-]{1,253}$/, "A host's name or address")
        .describe("Name or address of the SMTP server"),
      port: z
        .int()
        .min(1)
        .max(portMax)
        .optional()
        .describe("587 for STARTTLS, 465 for TLS, 25 for plain where not given"),
      tls: z
        .enum(["starttls", "tls", "plain"])
        .default("starttls")
        .describe("starttls (needed, not only tried), tls from the start, or plain for a server that all trust"),
      username: z.string().min(1).max(300).optional().describe("Who signs in; nobody where not given"),
      from: address.describe("Sender's address"),
      to: z.array(address).min(1).max(recipientsMax).describe("Who gets it"),
    })
    .superRefine(({ tls, username }, context) => {
      if (tls !== "plain" || username === undefined) return;
      const message = "Nobody signs in without TLS: choose starttls or tls";
      context.addIssue({ code: "custom", path: ["username"], message });
    }),
  secrets: [
    { name: "password", description: "Password of the user name", isNeeded: false },
    { name: "ca", description: "Certificate (PEM) that signs the server's, where that is your own", isNeeded: false },
  ],
  resolves: false,
  async send(message, { settings, secrets, signal }) {
    try {
      const mail = await mailOf(message, settings);
      const { isTaken, isAboutMessage, answer } = await sendMail(mail, { ...settings, ...secrets, signal });
      if (isTaken) return { isDelivered: true, answer: shortened(answer) };
      return { isDelivered: false, about: isAboutMessage ? "message" : "channel", answer: shortened(answer) };
    } catch (error) {
      return failed(error, signal);
    }
  },
});
