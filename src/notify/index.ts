// In: notices of what people want to hear of; channels and routes that they have set up.
// Out: messages at e-mail servers, chats, pagers and programs; a log of every try.
// Never: a notice told twice to one channel, or dropped in silence; a secret in an answer.
export { type Notice, type NoticeKind, noticeKinds, type NoticeSource } from "./notice.ts";
export {
  type ChannelAsk,
  type ChannelType,
  channelTypes,
  type ChannelView,
  type Notifier,
  type Route,
  type Schedule,
} from "./notifier.ts";
