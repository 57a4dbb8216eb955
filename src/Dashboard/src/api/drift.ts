/** The drift of a sample, of the same interface as types.ts. */

/** How far something has moved, px of the structural image: positive towards larger rows and columns. */
export interface Shift { rows: number; columns: number }

/** How a run follows the drift of its sample. */
export interface Drift {
  /** By the last look that is trusted: how far the sample has moved since the first image. */
  shift: Shift;
  /** Between the last two such looks; null where that is not known. */
  ratePerMinute: Shift | null;
  /** By what the last exposure was sent beside its planned place: the shift, and what the rate added since. */
  correction: Shift;
  /** Farthest from the first image before exposures are held back. */
  largestShiftPx: number;
  /** Fastest before exposures are held back; null for no limit. */
  largestRatePxPerMinute: number | null;
  /** Least quality of a look that is trusted, 0 to 1. */
  leastQuality: number;
  /** Frames and seconds from one look to the next; null where they do not count. */
  everyFrames: number | null;
  everyS: number | null;
  /** Frames since the last look that gave an image, trusted or not; since the first image where there is none. */
  framesSince: number;
  /** When that look was; null before the first. */
  lookedAt: string | null;
  /** Looks that gave an image, those of them that are not trusted, and scans that gave none. */
  looks: number;
  rejected: number;
  lost: number;
  /** What all of them cost. */
  electrons: number;
}

/** One look at the drift. */
export interface Look {
  sequence: number;
  time: string;
  /** Frames recorded before it. */
  frames: number;
  /** What it says; one that is rejected is not followed. */
  shift: Shift;
  /** Of the match with the first image, 0 to 1. */
  quality: number | null;
  /** Since the last look that is trusted; null where that is not known. */
  ratePerMinute: Shift | null;
  /** Why it is not trusted; null for one that is. */
  rejected: string | null;
}
