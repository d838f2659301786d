import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";

function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is lost but the memory of it.
  }
}

const drawerKey = "trailwarden.drawer-width";
const facetsKey = "trailwarden.facets";
const drawerMinWidth = 360;

export interface Layout {
  readonly isNarrow: boolean;
  readonly isFacetsShown: boolean;
  readonly toggleFacets: () => void;
  /** A CSS length. */
  readonly drawerWidth: string;
  readonly setDrawerWidth: (pixels: number) => void;
}

/** How the page is divided, remembered in this browser. */
export function useLayout(): Layout {
  const isNarrow = useMediaQuery("(max-width: 760px)", undefined, { getInitialValueInEffect: false });
  const [facets, setFacets] = useState(() => readKept(facetsKey) !== "hidden");
  const [isNarrowFacets, setNarrowFacets] = useState(false);
  const [width, setWidth] = useState(() => Number(readKept(drawerKey)));
  return {
    isNarrow,
    isFacetsShown: isNarrow ? isNarrowFacets : facets,
    toggleFacets: () => {
      if (isNarrow) {
        setNarrowFacets(!isNarrowFacets);
        return;
      }
      setFacets(!facets);
      keep(facetsKey, facets ? "hidden" : "shown");
    },
    drawerWidth:
      width >= drawerMinWidth
        ? `clamp(${String(drawerMinWidth)}px, ${String(width)}px, 85vw)`
        : `clamp(${String(drawerMinWidth)}px, 45vw, 920px)`,
    setDrawerWidth: (pixels) => {
      const rounded = Math.round(Math.max(drawerMinWidth, Math.min(pixels, innerWidth * 0.85)));
      setWidth(rounded);
      keep(drawerKey, String(rounded));
    },
  };
}
