import { createTheme } from "@mantine/core";
import type { MantineColorsTuple } from "@mantine/core";

const forest: MantineColorsTuple = [
  "#e8f5f1",
  "#d3eae2",
  "#a6d5c5",
  "#76bfa6",
  "#4fac8c",
  "#2c9678",
  "#178067",
  "#0b6e5a",
  "#085a49",
  "#04463a",
];

/** Mantine's side of the looks; everything drawn by hand takes its colours from `base.css`. */
export const theme = createTheme({
  colors: { forest },
  primaryColor: "forest",
  primaryShade: { light: 7, dark: 5 },
  defaultRadius: 6,
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "auto",
});
