// In: notices of what people want to hear of; channels and routes that they have set up.
// Out: messages at e-mail servers, chats, pagers and programs; a log of every try.
// Never: a notice told twice to one channel, or dropped in silence; a secret in an answer.
export { NotifyError, type NotifyErrorCode } from "./errors.ts";
export { type Notice, type NoticeKind, noticeKinds, type NoticeSource } from "./notice.ts";
export {
  type ChannelAsk,
  type ChannelKindView,
  type ChannelType,
  channelTypes,
  type ChannelView,
  type Notifier,
  type Route,
  type Schedule,
} from "./notifier.ts";
export { type NotifierOptions, openNotifier } from "./open-notifier.ts";
export { severities, type Severity } from "./severity.ts";
export { findingNotices } from "./sources/finding-notices.ts";
export { healthNotices } from "./sources/health-notices.ts";
export { incidentNotices } from "./sources/incident-notices.ts";
export { integrityNotices } from "./sources/integrity-notices.ts";
export { repairNotices } from "./sources/repair-notices.ts";
