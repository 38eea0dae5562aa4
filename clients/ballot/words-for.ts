// What a delegate is told where a stamped ballot does not go its plain way.

const TELLER = "Show this page to a teller.";

export const WORDS_FOR = {
  teller: TELLER,
  asking: "The centre has not stamped your ballot yet. This page keeps asking by itself.",
  keys: `The keys of this ballot are not the ones that were announced. Do not vote on this device. ${TELLER}`,
  silent:
    "The ballot box does not answer. Your vote is kept here and is sent again by itself: leave this page open.",
  closing:
    "The ballot closed before the box confirmed your vote. This page looks for it on the public list as soon as that is there.",
  late: "The ballot closed before your vote was in the box. It is not counted.",
  list: "The public list does not come yet. This page keeps asking by itself.",
};

/** Something that must not happen: said so that nobody reads over it. */
export const ALARMS = {
  stamp: `The centre’s stamp is not a stamp for your ballot. Nothing was cast. ${TELLER}`,
  receipt: `What answered is not the ballot box of this ballot. Your vote is kept here. ${TELLER}`,
  missing: `Your vote is not on the public list, although the ballot box confirmed it. Keep this page open. ${TELLER} The receipt below proves it.`,
  list: `The list that this page was given is not the one whose number everybody sees. Keep this page open. ${TELLER}`,
};
