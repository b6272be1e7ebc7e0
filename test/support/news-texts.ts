/** News of a country that does not exist, written for these tests. Each text is a list of paragraphs. */

export const FERRY = {
  headline: 'Night ferry to Varholm runs aground, all 214 aboard are safe',
  paragraphs: [
    'A night ferry with 214 people aboard ran aground on a sandbank outside the port of Varholm early Tuesday, and lifeboats took the passengers to shore before dawn, the coast guard of Lesmark said.',
    'The Solveig Brandt left the mainland shortly before midnight and lost the channel in thick fog about two miles from the harbor mouth, according to a preliminary log that investigators read to reporters.',
    'Nobody was badly hurt. Eleven people were treated for bruises and cold at the district hospital, and nine of them had gone home by noon, said Dr. Ilse Marren, who runs the emergency ward.',
    '"We felt a long shudder, the lights went out, and then it was very quiet," said Tomas Adler, a schoolteacher who was traveling with 23 pupils. "The crew walked from door to door with lamps. The children sang."',
    'The captain, who has sailed the route for 19 years, told the coast guard that a buoy marking the eastern edge of the channel was dark. The harbor office confirmed that the lamp of buoy No. 7 had been reported broken on Friday and that a repair had been planned for Wednesday.',
    'Lesmark has argued for years about whether to dredge the approach to Varholm. A study ordered by parliament in 2019 put the price at 48 million crowns and warned that silt from the river would close the gap again within a decade.',
    '"A lamp costs four hundred crowns," said Henrik Lauste, who speaks for the union of ferry crews. "We do not need to talk about millions before somebody has changed a lamp."',
    'The transport minister, Maren Oldeck, promised an inquiry by the maritime board and said that pilots would guide every ferry into the port until the buoys along the channel had been checked.',
    'Tugs are expected to try to pull the ship free at high tide on Thursday. Divers who looked at the hull on Tuesday afternoon found two dents and no leak, and booms were laid around the stern as a precaution because the tanks hold 60 tons of fuel.',
    'The line that owns the ship canceled its sailings until Friday and said that travelers could have their money back or go by way of the southern crossing, which takes three hours longer.',
  ],
};

export const LIBRARY = {
  headline: 'Town library lends out its last card catalog, drawer by drawer',
  paragraphs: [
    'When the library of Ostervik moved its catalog to computers, it kept the oak cabinet with 60 drawers, and for 31 years nobody opened it except to dust the brass handles.',
    'Since September the drawers go out on loan like books. Readers may keep one for four weeks, read the cards at home, and add a card of their own about something that the catalog has forgotten.',
    'Head librarian Petra Nyholt had the idea when a visitor asked to see what his grandmother had borrowed in the winter of 1958. "The card was there, in her teacher\'s handwriting," she said. "He stood there for half an hour."',
    'So far 41 drawers have been borrowed, and 39 have come back on time. The two that are late belong to the letter S, which Nyholt calls the most popular letter in town because of the shipping families.',
    'Among the new cards are recipes, the names of dogs, a map of a tree house that burned down in 1974, and a drawing of the stationmaster by a girl of seven who had been told that history is what people write down.',
    'The council gave the project 2,000 crowns for boxes that keep the rain out. A school in the next valley has asked whether it may borrow the whole cabinet, and has been told that it would need a truck.',
    'The loans end in June, when the drawers will be photographed and put back. Until then there is a waiting list, and the letter Q is free.',
  ],
};

export const BUDGET = {
  headline: 'Lesmark parliament passes budget after all-night session',
  paragraphs: [
    'The parliament of Lesmark passed a budget of 91 billion crowns at sunrise on Saturday after a session of 17 hours, ending a deadlock that had threatened to close schools and courts on Monday.',
    'The vote was 88 to 81. Three members of the Farmers League broke with their party once the government withdrew a plan to tax diesel used on fields, and one of them, Oskar Brandvold, carried the deciding ballot to the box himself.',
    'Prime Minister Kajsa Rehn said the compromise left nobody happy and everybody paid. Pensions rise by 2.4 percent, less than the 3 percent that her own party had promised, and the railway to the north is put off until 2031.',
    'Opposition leader Viktor Sahl called the result a budget written with an eraser. His party will ask the court of audit to examine whether 600 million crowns set aside for floods may be counted as savings.',
    'The debate was the longest since 1986. Members slept on benches in the gallery, the canteen ran out of bread at three in the morning, and a clerk read out amendments until her voice failed and a colleague took over.',
    'Economists at the national bank expect the deficit to fall to 1.9 percent of output next year. They warned that the figure rests on a mild winter and on fish prices that have been falling since August.',
    'The law takes effect when the president signs it, which her office said would happen on Sunday evening, a few hours before the old budget runs out.',
  ],
};

/** A templated report: alike in almost every word, and not one text. */
export function weather(town: string, day: string, high: number, low: number, wind: string, rain: number): string[] {
  return [
    `${town} weather for ${day}: expect a high of ${high} degrees and a low of ${low} degrees, with winds from the ${wind} and a ${rain} percent chance of rain in the afternoon.`,
    `The weather service of Lesmark advises residents of ${town} to look at the latest forecast before they travel, and to keep an eye on the tide tables where they live close to the shore.`,
    `Sunrise in ${town} comes a little later than the day before. For the days after ${day}, temperatures are expected to stay near what is usual for the season, with a shower now and then toward the end of the week.`,
    `Readings come from the station at the harbor of ${town}, which has measured temperature, wind and rain every hour since the year in which the breakwater was finished.`,
  ];
}
