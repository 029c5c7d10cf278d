"""The files that the rules look at, as text by path."""
import os

_PRUNED = set(
    ".git build node_modules dist data __pycache__ test-results playwright-report cdk.out .cache"
    .split()
)
_BINARY = (".png", ".webp", ".jpg", ".ico", ".woff2", ".gz", ".br", ".sqlite", ".zip", ".pem")


class Tree:
    """Paths and texts. Rules look at nothing else, so that a test can make a tree up."""

    def __init__(self, files):
        self.files = files

    @staticmethod
    def read(root):
        files = {}
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(set(folders) - _PRUNED)
            for name in sorted(names):
                path = os.path.join(folder, name)
                if name.endswith(_BINARY) or os.path.islink(path):
                    continue
                try:
                    with open(path, encoding="utf-8") as file:
                        files[os.path.relpath(path, root)] = file.read()
                except UnicodeDecodeError:
                    continue
        return Tree(files)

    def under(self, *folders, ending):
        """Pairs (path, text) of the files below these folders with one of these endings."""
        prefixes = tuple(folder + "/" for folder in folders)
        return [
            (path, text)
            for path, text in self.files.items()
            if path.startswith(prefixes) and path.endswith(ending)
        ]

    def cpp(self, *folders):
        return self.under(*(folders or ("src", "tests", "bench", "cmake")), ending=(".cpp", ".hpp"))

    def headers(self):
        return self.under("src", ending=".hpp")
