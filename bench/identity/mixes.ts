// What kinds of customer base the benchmark makes. Every rate is a share in [0, 1] unless it says otherwise; none was
// fitted to a resolver, and no mix is a measurement of a real brand.

export interface Mix {
  /** How many people, about: the last group may go over. */
  people: number;
  /** Facts a person leaves over the years (median; log-normal). */
  facts: number;

  /** Share of groups that are a household with one phone in common; a group is otherwise one person. */
  households: number;
  /** Share of a household's other members who have a phone of their own too (children mostly have none). */
  ownPhones: number;
  /** How often one who has an own phone gives the household's instead. */
  givesShared: number;
  /** Share of households that give one e-mail address for all. */
  sharedEmails: number;
  /** Share of households whose members use one tablet: one anonymous id for all of them. */
  sharedTablets: number;

  /** In-store kiosks for each hundred people: one anonymous id where dozens log in. */
  kiosks: number;
  /** People who log in at one kiosk (median; log-normal, never fewer than 12). */
  kioskLogins: number;

  /** Share of single people who change their number on the way and keep shopping. */
  changedNumbers: number;
  /** Share of groups that are two strangers who own one number in turn, more than 12 months apart. */
  recycledNumbers: number;
  /** Share of the first of those two who keep shopping, with a new number. */
  keepsShopping: number;

  /** Share of people who were registered twice at the till: two customer codes of one source. */
  secondCodes: number;
  /** Share of people who use two e-mail addresses. */
  secondEmails: number;
  /** Share of people who have an account in the web shop, and so anonymous ids. */
  web: number;
  /** Share of people who have used both Zalo ids, which a webhook joins. */
  zalo: number;
  /** Share of people who allow to link the store's realm with the commerce realm. */
  linked: number;

  /** Share of phones typed at the till that have one wrong digit or two digits swapped. */
  typos: number;
  /** Share of typos that happen to be another customer's phone. */
  typoHits: number;
  /** Share of phones typed at the till that are 0000000000. */
  fillers: number;
  /** Share of phones typed at the till that are the shop's own, always the same. */
  shopPhone: number;
  /** Share of phones typed at the till that are the phone of a member of staff, who is a customer too. */
  staffPhones: number;
  /** Members of staff for each hundred people. */
  staff: number;

  /** Share of the people known a year in who were imported from an older CRM. */
  imported: number;
  /** Share of imported rows with another row's phone. */
  importSlips: number;
}

const clean: Mix = {
  people: 1_500,
  facts: 7,
  households: 0,
  ownPhones: 0,
  givesShared: 0,
  sharedEmails: 0,
  sharedTablets: 0,
  kiosks: 0,
  kioskLogins: 24,
  changedNumbers: 0.04,
  recycledNumbers: 0,
  keepsShopping: 0.4,
  secondCodes: 0.04,
  secondEmails: 0.06,
  web: 0.5,
  zalo: 0.45,
  linked: 0.6,
  typos: 0,
  typoHits: 0,
  fillers: 0,
  shopPhone: 0,
  staffPhones: 0,
  staff: 0,
  imported: 0.3,
  importSlips: 0,
};

/** At least 20 % of phones shared and 5 % of anonymous ids kiosks; a test holds it to that. */
const usual: Mix = {
  ...clean,
  households: 0.35,
  ownPhones: 0.4,
  givesShared: 0.4,
  sharedEmails: 0.15,
  sharedTablets: 0.4,
  kiosks: 9,
  recycledNumbers: 0.02,
  typos: 0.02,
  typoHits: 0.05,
  fillers: 0.02,
  shopPhone: 0.01,
  staffPhones: 0.01,
  staff: 0.5,
  importSlips: 0.005,
};

export const MIXES = {
  default: usual,
  /** No mistakes and nothing shared: what caution costs where none is needed. */
  clean,
  /** A few of all of it: a careful brand. */
  tidy: {
    ...clean,
    households: 0.05,
    ownPhones: 0.4,
    givesShared: 0.4,
    sharedEmails: 0.15,
    sharedTablets: 0.4,
    kiosks: 1,
    recycledNumbers: 0.005,
    typos: 0.005,
    typoHits: 0.05,
    fillers: 0.005,
  },
  households: { ...usual, households: 0.7, ownPhones: 0.5, sharedEmails: 0.3, sharedTablets: 0.7 },
  kiosks: { ...usual, kiosks: 20, kioskLogins: 40 },
  recycled: { ...usual, households: 0.2, recycledNumbers: 0.2, changedNumbers: 0.12 },
  "dirty-till": {
    ...usual,
    people: 2_500,
    typos: 0.08,
    typoHits: 0.15,
    fillers: 0.12,
    // So that one phone is typed for a thousand customers.
    shopPhone: 0.2,
    staffPhones: 0.1,
    staff: 1,
    imported: 0.6,
    importSlips: 0.03,
  },
} satisfies Record<string, Mix>;

export type MixName = keyof typeof MIXES;
