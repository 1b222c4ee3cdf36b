// How much processor time the check of a short link takes in a process that has done nothing before; see drop.ts.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { campaignDigest } from "../sdk/drop/code.js";
import { isShort, readLink } from "../sdk/drop/link.js";
import { domainOfMeta, openShard, parseMeta } from "../sdk/drop/shards.js";

const [, , place = "", text = "", root = ""] = process.argv;
const written = await readFile(path.join(path.dirname(place), "meta.json"), "utf8");
const bytes = await readFile(place);

const before = process.cpuUsage();
const link = readLink(text);
const meta = parseMeta(written);
if (meta === undefined || !isShort(link)) throw new Error("What is published isn't whole");
const { proof } = openShard(link, campaignDigest(domainOfMeta(meta)), { meta, root, bytes, place });
const { user, system } = process.cpuUsage(before);
if (proof.length === 0) throw new Error("There is no proof");
process.stdout.write(((user + system) / 1000).toString());
