/** What came as JSON has its moments as text: they become dates here, in place. */
export function reviveAuthors(authors) {
  for (const { books } of authors) {
    for (const book of books) {
      book.published = momentOf(book.published);
      // SQLite forgets on the way out of a subquery that a text is JSON.
      if (typeof book.reviews === 'string') book.reviews = JSON.parse(book.reviews);
    }
  }
  return authors;
}

/** A moment in the text that the engine's JSON functions make of it. */
function momentOf(text) {
  return new Date(text.includes('T') ? text : `${text}Z`);
}
