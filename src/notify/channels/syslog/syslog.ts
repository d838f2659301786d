import { z } from "zod";
import { defineChannel } from "../channel.ts";
import { failed } from "../post.ts";
import { commonSettings } from "../settings.ts";
import { sendDatagram, sendOverStream } from "./send-line.ts";
import { syslogLine } from "./syslog-line.ts";

const facilityMax = 23;
const portMax = 65_535;
/** Log audit (RFC 5424, 6.2.1). */
const usualFacility = 13;

export const syslogChannel = defineChannel({
  type: "syslog",
  summary: "A log server, by RFC 5424 over UDP, TCP or TLS",
  settings: z.strictObject({
    ...commonSettings,
    host: z
      .string()
      .regex(/^[\w.:-]{1,253}$/, "A host's name or address")
      .describe("Name or address of the log server"),
    port: z.int().min(1).max(portMax).optional().describe("514 for UDP and TCP, 6514 for TLS where not given"),
    transport: z.enum(["udp", "tcp", "tls"]).default("tls").describe("udp, tcp or tls"),
    facility: z.int().min(0).max(facilityMax).default(usualFacility).describe("RFC 5424's number, 13 is log audit"),
    hostname: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, "Printable ASCII without spaces")
      .default("trailwarden")
      .describe("Which host it says that it comes from"),
  }),
  secrets: [
    { name: "ca", description: "Certificate (PEM) that signs the server's, where that is your own", isNeeded: false },
  ],
  resolves: false,
  async send(message, { settings, secrets, signal }) {
    const { host, transport } = settings;
    const line = syslogLine(message, settings);
    const port = settings.port ?? (transport === "tls" ? 6_514 : 514);
    try {
      const sent =
        transport === "udp"
          ? await sendDatagram({ host, port, line, signal })
          : await sendOverStream({ host, port, line, signal, isSecure: transport === "tls", ca: secrets["ca"] });
      return { isDelivered: true, answer: sent };
    } catch (error) {
      return failed(error, signal);
    }
  },
});
