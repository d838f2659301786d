import { Menu, useMantineColorScheme } from "@mantine/core";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
import { zoneName } from "./instants.ts";
import type { Zone } from "./instants.ts";
import classes from "./view-switches.module.css";

/** UTC, as CloudTrail writes times, or the browser's own zone. */
export function ZoneSwitch({ zone, onChange }: { readonly zone: Zone; readonly onChange: (zone: Zone) => void }) {
  const other: Zone = zone === "utc" ? "local" : "utc";
  const offer = other === "utc" ? "Show times in UTC" : `Show times in your zone (${zoneName("local")})`;
  return (
    <button
      type="button"
      className={classes["switch"]}
      aria-label={`Times are in ${zoneName(zone)}. ${offer}`}
      title={offer}
      onClick={() => {
        onChange(other);
      }}
    >
      {zone === "utc" ? "UTC" : `Local`}
    </button>
  );
}

const schemes = [
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
  ["auto", "As the system", "screen"],
] as const satisfies readonly (readonly [string, string, IconName])[];

/** Light, dark, or whatever the system says. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const icon = schemes.find(([scheme]) => scheme === colorScheme)?.[2] ?? "screen";
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <button type="button" className={classes["switch"]} aria-label="Colours: light or dark" title="Light or dark">
          <Icon name={icon} size={15} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([scheme, title, shape]) => (
          <Menu.Item
            key={scheme}
            aria-current={scheme === colorScheme}
            leftSection={<Icon name={shape} />}
            rightSection={scheme === colorScheme ? <Icon name="check" /> : null}
            onClick={() => {
              setColorScheme(scheme);
            }}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
