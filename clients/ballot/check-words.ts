// Four plain words by which a delegate finds the own paper on the public list; the hub has the same list.
import { type Bytes, joined, plain, sha256 } from "./bytes.ts";

/** One byte of a hash names one word; their first four letters are enough to tell them apart. */
export const WORDS = `
acorn actor amber angel ankle apple apron arrow autumn badge bagel baker ballet bamboo banjo barley
basket beach bean beetle bell bench berry bishop blanket blossom boat bonnet border bottle branch
bread brick bridge bronze brush bucket buffalo bugle button cabin cactus camel candle canoe canvas
carpet carrot castle cedar cellar cherry chess chimney circus clay cliff clock clover cobweb coffee
coin comet copper coral corner cotton cousin cradle crane cricket crown cup curtain daisy dance
desert diamond dinner dolphin donkey door dragon drum eagle earth elbow engine evening falcon farmer
feather ferry fiddle field finger fire flag flute forest fossil fountain fox garden garlic gate
ginger glacier glove goose grape gravel guitar hammer harbour harvest hazel helmet heron hill holly
honey horse house iceberg island ivory jacket jasmine jelly jewel jigsaw jungle kettle kitchen kite
ladder lake lamp lantern lemon letter lilac linen lion lizard lobster magnet mango maple marble
market meadow melon mirror monkey moon morning mountain mushroom needle nest number nutmeg oak ocean
olive onion orange orchard otter owl oyster paddle painter palace panda paper parrot pearl pebble
pencil penguin pepper piano picnic pigeon pillow pine pirate planet plum pocket pony potato prince
pumpkin puzzle quarry quilt rabbit radio rainbow raven ribbon river robin rocket rose saddle salmon
sandal school shadow shell silver singer snow sofa spider spoon squirrel station sugar summer sunset
table tailor teapot temple thunder ticket tiger toffee tomato towel tractor trumpet tulip tunnel
turtle valley velvet village violin wagon walnut water whale wheat willow window winter wizard
yellow zebra
`
  .trim()
  .split(/\s+/);

/** The words of a paper: of its one-time key alone, so that they say nothing about a choice. */
export async function checkWords(publicKey: Bytes): Promise<string[]> {
  const digest = await sha256(joined(plain("facilitate-words/1\0"), publicKey));
  return [...digest.slice(0, 4)].map((byte) => WORDS[byte] as string);
}
