import { formatDuration } from "../units.js";
import type { PlacedProblem } from "./placed.js";
import { at, given } from "./placed.js";
import type { RawBrand } from "./shape.js";

const MAX_TITLES = 5;
const ONE_HOUR = 3_600;

/** A ladder starts where everybody is, and each rung is higher than the one before it. */
export function* checkTitles({ titles }: RawBrand): Generator<PlacedProblem> {
  if (!Array.isArray(titles)) return;
  if (titles.length > MAX_TITLES) {
    yield at(["titles"], "titles.too-many", {
      data: { count: titles.length, most: MAX_TITLES },
      message: `has ${titles.length} titles, more than ${MAX_TITLES}`,
      remedy: "leave some out: the contract keeps no more",
    });
  }
  for (const [index, title] of titles.entries()) {
    const path = ["titles", index, "points"];
    const points = given(title.points);
    if (points === undefined) continue;
    if (index === 0) {
      if (points !== 0) {
        yield at(path, "titles.first-not-zero", {
          data: { name: given(title.name), points },
          message: `${points.toLocaleString("en")} is more than 0, with which members begin`,
          remedy: 'write "points: 0": the first title is everybody\'s',
        });
      }
      continue;
    }
    const before = given(titles[index - 1]?.points);
    if (before !== undefined && points <= before) {
      yield at(path, "titles.not-rising", {
        data: { name: given(title.name), points, before },
        message: `${points.toLocaleString("en")} is not more than the ${before.toLocaleString("en")} of the title before it`,
        remedy: "raise it, or put the titles in order, the lowest first",
      });
    }
  }
}

/** The contract counts seasons in whole hours, and the reward of one is claimed during the next. */
export function* checkSeasons({ badges, rewards }: RawBrand): Generator<PlacedProblem> {
  const season = given(badges.season);
  const window = given(rewards.disputeWindow);
  yield* checkHours(["badges", "season"], season);
  yield* checkHours(["rewards", "disputeWindow"], window);
  if (season !== undefined && window !== undefined && window >= season) {
    yield at(["rewards", "disputeWindow"], "brand.window-not-shorter", {
      data: { window, season },
      message: `${formatDuration(window)} is not shorter than badges.season, ${formatDuration(season)}`,
      remedy:
        "shorten it: the reward of a season is claimed between the end of the window and the end of the next season",
    });
  }
}

function* checkHours(path: string[], duration: number | undefined): Generator<PlacedProblem> {
  if (duration === undefined || duration % ONE_HOUR === 0) return;
  const hours = Math.round(duration / ONE_HOUR);
  yield at(path, "brand.not-whole-hours", {
    data: { duration, hours },
    message: `${formatDuration(duration)} has parts of an hour`,
    remedy: `write it in whole hours, for instance "${formatDuration(hours * ONE_HOUR)}"`,
  });
}
