import type { ReactNode } from "react";

/** The console's own small icons, drawn on a 16 × 16 field with one line width. */
const shapes = {
  search: <path d="M7 12.2A5.2 5.2 0 1 0 7 1.8a5.2 5.2 0 0 0 0 10.4zM11 11l3.5 3.5" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  check: <path d="m3 8.5 3.5 3.5L13 4.5" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  clock: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5" />,
  down: <path d="m4 6 4 4 4-4" />,
  right: <path d="m6 4 4 4-4 4" />,
  up: <path d="m4 10 4-4 4 4" />,
  sun: (
    <path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7" />
  ),
  moon: <path d="M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z" />,
  screen: <path d="M2 3h12v8H2zM6 14h4M8 11v3" />,
  help: (
    <path d="M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM6.2 6.3c0-1 .8-1.8 1.8-1.8s1.8.7 1.8 1.7c0 1.3-1.8 1.4-1.8 2.8M8 11.2v.3" />
  ),
  calendar: <path d="M2 3.5h12v10.5H2zM2 6.5h12M5 1.8v3M11 1.8v3" />,
  columns: <path d="M2 3h12v10H2zM6 3v10M10 3v10" />,
  download: <path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11" />,
  panel: <path d="M2 3h12v10H2zM6 3v10" />,
  zoomOut: <path d="M7 12.2A5.2 5.2 0 1 0 7 1.8a5.2 5.2 0 0 0 0 10.4zM11 11l3.5 3.5M4.7 7h4.6" />,
  person: <path d="M8 7.5a2.8 2.8 0 1 0 0-5.5 2.8 2.8 0 0 0 0 5.5zM2.8 14c.4-2.8 2.5-4.5 5.2-4.5s4.8 1.7 5.2 4.5" />,
  role: <path d="M8 1.8 13.5 4v4c0 3-2.3 5-5.5 6.2C4.8 13 2.5 11 2.5 8V4z" />,
  crown: <path d="M2.5 12.5h11M2.5 10 2 4.5 5.3 7 8 3l2.7 4L14 4.5 13.5 10z" />,
  gear: (
    <path d="M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4" />
  ),
  building: <path d="M3 14V2.5h7V14M10 6h3.5v8M1.5 14h13M5.5 5.5h2M5.5 8.5h2M5.5 11.5h2" />,
  globe: <path d="M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM1.5 8h13M8 1.5c4 4 4 9 0 13M8 1.5c-4 4-4 9 0 13" />,
  people: (
    <path d="M6 7.5A2.5 2.5 0 1 0 6 2.5a2.5 2.5 0 0 0 0 5zM1.5 13.5c.3-2.5 2-4 4.5-4s4.2 1.5 4.5 4M10.5 2.8a2.5 2.5 0 0 1 0 4.5M12 9.8c1.5.5 2.3 1.8 2.5 3.7" />
  ),
  unknown: <path d="M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z" strokeDasharray="2 2" />,
  warning: <path d="M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.2" />,
  proof: <path d="M8 1.8 13.5 4v4c0 3-2.3 5-5.5 6.2C4.8 13 2.5 11 2.5 8V4zM5.4 7.9l1.9 1.9 3.3-3.6" />,
  absent: <path d="M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM3.7 12.3l8.6-8.6" />,
  stranger: <path d="M4 1.8h5l3.5 3.5v8.9H4zM8.2 7.2v4M6.2 9.2h4" />,
  link: <path d="M6.5 9.5 9.5 6.5M7 4.5l1.8-1.8a3 3 0 0 1 4.4 4.4L11.5 9M9 11.5l-1.8 1.8a3 3 0 0 1-4.4-4.4L4.5 7" />,
  history: <path d="M2.5 8a5.5 5.5 0 1 1 1.8 4M2.5 8 1 6.5M2.5 8 4 6.5M8 5v3.2l2 1.3" />,
  cube: <path d="M8 1.8 13.5 4.8v6.4L8 14.2l-5.5-3V4.8zM2.5 4.8 8 7.8l5.5-3M8 7.8v6.4" />,
  pause: <path d="M5 3.5v9M11 3.5v9" />,
  collect: <path d="M8 1.8v6.4M5.2 5.6 8 8.4l2.8-2.8M2 8.5h2.6l1.2 2h4.4l1.2-2H14v5H2z" />,
  online: <path d="M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM5.2 8.2l2 2 3.6-4.2" />,
  quiet: <path d="M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM5.2 8h5.6" />,
  key: <path d="M5.2 13.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8zM7.4 8.4l6-6M11 4.8l2 2M9.2 6.6l1.4 1.4" />,
  trash: <path d="M2.5 4.2h11M6 4V2.5h4V4M4 4.2l.7 9.3h6.6l.7-9.3M6.7 6.8v4M9.3 6.8v4" />,
  way: (
    <path d="M3.8 5.6a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM12.2 14.2a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM5.7 3.7h4.4a2.2 2.2 0 0 1 0 4.4H5.9a2.1 2.1 0 0 0 0 4.2h4.4" />
  ),
  tool: (
    <path d="M10.2 6.4 13.9 2.7a3.6 3.6 0 0 1-4.8 4.6l-5 5a1.3 1.3 0 0 1-1.9-1.9l5-5a3.6 3.6 0 0 1 4.6-4.8L8.3 4.1l.3 1.7z" />
  ),
  money: <path d="M2 4h12v8.5H2zM8 10.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4.2 6.2v.1M11.8 10.2v.1" />,
  bell: (
    <path d="M8 2a4 4 0 0 1 4 4c0 3.5 1.5 4.5 1.5 5.5h-11C2.5 10.5 4 9.5 4 6a4 4 0 0 1 4-4zM6.5 13.5a1.6 1.6 0 0 0 3 0" />
  ),
  siren: <path d="M3.5 11V8.5a4.5 4.5 0 0 1 9 0V11M2 11h12v3H2zM8 .8v1.4M2.6 3l1 1M13.4 3l-1 1" />,
  rule: <path d="M3.5 1.8h6l3 3v9.4h-9zM5.8 7.2h4.4M5.8 9.6h4.4M5.8 12h2.6" />,
  play: <path d="M5 3.2v9.6L12.8 8z" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 14 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      {shapes[name]}
    </svg>
  );
}
