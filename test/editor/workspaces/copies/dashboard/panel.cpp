// What the panel shows.
