import type { ChannelKindView, ChannelView, Notifier, Route } from "../../notify/index.ts";
import { isoOf } from "./instants.ts";
import type { ChannelAnswer, ChannelKindAnswer, DeliveryAnswer, RouteAnswer } from "./notify-schemas.ts";

type Delivery = Awaited<ReturnType<Notifier["deliveries"]>>[number];

export function printDelivery({ at, notices, ...rest }: Delivery): DeliveryAnswer {
  return { ...rest, at: isoOf(at), notices: [...notices] };
}

export function printChannel({ settings, secrets, last, ...rest }: ChannelView): ChannelAnswer {
  return {
    ...rest,
    settings: { ...settings },
    secrets: [...secrets],
    last: last === undefined ? null : printDelivery(last),
  };
}

export function printChannelKind({ settings, secrets, ...rest }: ChannelKindView): ChannelKindAnswer {
  return { ...rest, settings: { ...settings }, secrets: secrets.map((secret) => ({ ...secret })) };
}

export function printRoute({ schedule, ...route }: Route): RouteAnswer {
  return {
    ...route,
    channels: [...route.channels],
    kinds: [...route.kinds],
    accountIds: [...route.accountIds],
    rules: [...route.rules],
    digestAt: [...route.digestAt],
    schedule:
      schedule === undefined
        ? null
        : { ...schedule, hours: schedule.hours.map(({ days, ...rest }) => ({ ...rest, days: [...days] })) },
  };
}
