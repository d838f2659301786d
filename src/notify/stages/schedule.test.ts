import assert from "node:assert/strict";
import { test } from "node:test";
import { nextOpening, nextTimeOfDay } from "./schedule.ts";

const workdays = [1, 2, 3, 4, 5];
const everyDay = [...workdays, 6, 7];
const at = (text: string) => Date.parse(text);
const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());

function berlin(from: string, to: string, days: readonly number[] = everyDay) {
  return { timeZone: "Europe/Berlin", hours: [{ days, from, to }] };
}

test("it is open from the first minute of its hours to before the last", () => {
  const office = berlin("08:00", "18:00", workdays);
  // A Friday in November; Berlin is an hour ahead.
  assert.equal(iso(nextOpening(office, at("2026-11-20T06:59:59Z"))), "2026-11-20T07:00:00.000Z");
  assert.equal(iso(nextOpening(office, at("2026-11-20T07:00:00Z"))), "2026-11-20T07:00:00.000Z");
  assert.equal(iso(nextOpening(office, at("2026-11-20T16:59:59Z"))), "2026-11-20T16:59:59.000Z");
  assert.equal(iso(nextOpening(office, at("2026-11-20T17:00:00Z"))), "2026-11-23T07:00:00.000Z");
});

test("Sunday may be written 0 or 7", () => {
  for (const days of [[0], [7]]) {
    assert.equal(
      iso(nextOpening(berlin("08:00", "18:00", days), at("2026-11-20T12:00:00Z"))),
      "2026-11-22T07:00:00.000Z",
    );
  }
});

test("hours that end before they begin go on into the next day", () => {
  const night = berlin("22:00", "06:00", [5]);
  assert.equal(iso(nextOpening(night, at("2026-11-21T04:59:00Z"))), "2026-11-21T04:59:00.000Z");
  assert.equal(iso(nextOpening(night, at("2026-11-21T05:00:00Z"))), "2026-11-27T21:00:00.000Z");
  const always = berlin("00:00", "24:00");
  for (const time of ["2026-03-29T01:00:00Z", "2026-10-25T00:59:59Z", "2026-10-25T22:59:59Z"]) {
    assert.equal(iso(nextOpening(always, at(time))), iso(at(time)));
  }
});

for (const { words, schedule, from, opens } of [
  {
    words: "the night on which clocks go forward is an hour shorter",
    schedule: berlin("08:00", "18:00"),
    from: "2026-03-28T20:00:00Z",
    opens: "2026-03-29T06:00:00.000Z",
  },
  {
    words: "the night on which clocks go back is an hour longer",
    schedule: berlin("08:00", "18:00"),
    from: "2026-10-24T20:00:00Z",
    opens: "2026-10-25T07:00:00.000Z",
  },
  {
    words: "hours that begin in the hour that is left out begin after the jump",
    schedule: berlin("02:30", "12:00"),
    from: "2026-03-29T00:10:00Z",
    opens: "2026-03-29T01:30:00.000Z",
  },
  {
    words: "hours that begin in the hour that comes twice begin with the first",
    schedule: berlin("02:30", "12:00"),
    from: "2026-10-24T23:10:00Z",
    opens: "2026-10-25T00:30:00.000Z",
  },
  {
    words: "a zone of half hours, and one where clocks change by half an hour",
    schedule: { timeZone: "Australia/Lord_Howe", hours: [{ days: everyDay, from: "08:00", to: "18:00" }] },
    // Goes forward from 2:00 to 2:30 on 2026-10-04: from UTC+10:30 to UTC+11.
    from: "2026-10-03T12:00:00Z",
    opens: "2026-10-03T21:00:00.000Z",
  },
  {
    words: "a day that a zone left out of its calendar has no hours",
    schedule: { timeZone: "Pacific/Apia", hours: [{ days: everyDay, from: "08:00", to: "18:00" }] },
    // Samoa went over the date line: 2011-12-30 was not.
    from: "2011-12-30T09:30:00Z",
    opens: "2011-12-30T18:00:00.000Z",
  },
]) {
  test(words, () => {
    assert.equal(iso(nextOpening(schedule, at(from))), opens);
  });
}

test("over a whole year what opens is shown by the clock on the wall of its zone", () => {
  const schedule = berlin("07:15", "19:45");
  const wall = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", timeStyle: "short" });
  for (let now = at("2026-01-01T00:00:00Z"); now < at("2027-01-01T00:00:00Z"); now += 7 * 3_600_000) {
    const next = nextOpening(schedule, now);
    const shown = wall.format(now);
    const isOpen = shown >= "07:15" && shown < "19:45";
    assert.equal(next === now, isOpen, iso(now));
    if (!isOpen) assert.equal(wall.format(next), "07:15", iso(now));
  }
});

test("a schedule without a day never opens", () => {
  assert.equal(nextOpening(berlin("08:00", "18:00", []), at("2026-11-20T12:00:00Z")), undefined);
});

test("the next time of day is today's if it is still to come, also over a change of clocks", () => {
  const times = ["09:00", "17:00"];
  assert.equal(iso(nextTimeOfDay(times, "Europe/Berlin", at("2026-10-24T15:00:00Z"))), "2026-10-25T08:00:00.000Z");
  assert.equal(iso(nextTimeOfDay(times, "Europe/Berlin", at("2026-10-25T08:00:00Z"))), "2026-10-25T16:00:00.000Z");
  assert.equal(iso(nextTimeOfDay(["02:30"], "Europe/Berlin", at("2026-03-28T23:30:00Z"))), "2026-03-29T01:30:00.000Z");
  assert.equal(nextTimeOfDay([], "UTC", 0), undefined);
});
