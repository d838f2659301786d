import { type Signer } from "./signer.ts";

/** An attribute as SNS shows it in an envelope. */
export interface SnsAttribute {
  readonly Type: string;
  readonly Value: string;
}

/** What was published, once SNS has taken it. */
export interface Notification {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  /** What each protocol gets; `default` where it has nothing of its own. */
  readonly messages: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, SnsAttribute>>;
  readonly at: number;
  readonly signatureVersion: "1" | "2";
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequence?: string;
}

/** A request to confirm a subscription, or the word that one has ended. */
export interface ControlMessage {
  readonly type: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly messageId: string;
  readonly token: string;
  readonly topicArn: string;
  readonly message: string;
  readonly subscribeUrl: string;
  readonly at: number;
  readonly signatureVersion: "1" | "2";
}

/**
 * The envelope of a notification. Order and spacing of its members are as SNS writes them; what is signed stands in the
 * SNS Developer Guide, "Verifying the signatures of Amazon SNS messages".
 */
export function writeNotification(
  signer: Signer,
  notification: Notification,
  message: string,
  unsubscribeUrl: string,
): string {
  const { messageId, topicArn, subject, sequence, signatureVersion, attributes } = notification;
  const timestamp = new Date(notification.at).toISOString();
  const signed = {
    Message: message,
    MessageId: messageId,
    ...(subject === undefined ? {} : { Subject: subject }),
    Timestamp: timestamp,
    TopicArn: topicArn,
    Type: "Notification",
  };
  return print({
    Type: "Notification",
    MessageId: messageId,
    ...(sequence === undefined ? {} : { SequenceNumber: sequence }),
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: timestamp,
    SignatureVersion: signatureVersion,
    Signature: signer.sign(textToSign(signed), signatureVersion),
    SigningCertURL: signer.certificateUrl,
    UnsubscribeURL: unsubscribeUrl,
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  });
}

export function writeControlMessage(signer: Signer, control: ControlMessage): string {
  const { type, messageId, token, topicArn, message, subscribeUrl, signatureVersion } = control;
  const timestamp = new Date(control.at).toISOString();
  const signed = {
    Message: message,
    MessageId: messageId,
    SubscribeURL: subscribeUrl,
    Timestamp: timestamp,
    Token: token,
    TopicArn: topicArn,
    Type: type,
  };
  return print({
    Type: type,
    MessageId: messageId,
    Token: token,
    TopicArn: topicArn,
    Message: message,
    SubscribeURL: subscribeUrl,
    Timestamp: timestamp,
    SignatureVersion: signatureVersion,
    Signature: signer.sign(textToSign(signed), signatureVersion),
    SigningCertURL: signer.certificateUrl,
  });
}

/** Each member's name and value on a line of its own. */
export function textToSign(members: Readonly<Record<string, string>>): string {
  return Object.entries(members)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join("");
}

function print(members: Readonly<Record<string, string | Readonly<Record<string, SnsAttribute>>>>): string {
  const lines = Object.entries(members).map(
    ([name, value]) =>
      `  ${JSON.stringify(name)} : ${typeof value === "string" ? JSON.stringify(value) : printAttributes(value)}`,
  );
  return `{\n${lines.join(",\n")}\n}`;
}

function printAttributes(attributes: Readonly<Record<string, SnsAttribute>>): string {
  const lines = Object.entries(attributes).map(
    ([name, attribute]) => `    ${JSON.stringify(name)} : ${JSON.stringify(attribute)}`,
  );
  return `{\n${lines.join(",\n")}\n  }`;
}
