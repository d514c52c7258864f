import type { Random } from './random.js';

/** Things every programmer writes, as templates whose `§a` to `§h` are names. */
const templates: readonly { path: string; text: string }[] = [
  {
    path: 'debounce.ts',
    text: 'export function debounce(§a: () => void, wait: number) {\n  let §b: ReturnType<typeof setTimeout> | undefined;\n  return () => {\n    if (§b) clearTimeout(§b);\n    §b = setTimeout(() => {\n      §b = undefined;\n      §a();\n    }, wait);\n  };\n}',
  },
  {
    path: 'sleep.js',
    text: "function §a(§b) {\n  return new Promise((resolve, reject) => {\n    §c.readFile(§b, 'utf8', (err, data) => {\n      if (err) {\n        reject(err);\n      } else {\n        resolve(data);\n      }\n    });\n  });\n}",
  },
  {
    path: 'server.js',
    text: "const express = require('express');\nconst app = express();\n\napp.use(express.json());\n\napp.get('/§a', async (req, res, next) => {\n  try {\n    const §b = await §c.findAll();\n    res.json(§b);\n  } catch (err) {\n    next(err);\n  }\n});\n\napp.listen(3000, () => {\n  console.log('Listening on port 3000');\n});",
  },
  {
    path: 'hook.tsx',
    text: "export function §A({ §b, onChange }: Props) {\n  const [§c, setValue] = useState('');\n  const ref = useRef<HTMLDivElement>(null);\n\n  useEffect(() => {\n    const handler = (event: MouseEvent) => {\n      if (ref.current && !ref.current.contains(event.target as Node)) {\n        onChange(§c);\n      }\n    };\n    document.addEventListener('mousedown', handler);\n    return () => document.removeEventListener('mousedown', handler);\n  }, [§c, onChange]);\n\n  return (\n    <div ref={ref} className=\"§b\">\n      <input value={§c} onChange={(e) => setValue(e.target.value)} />\n    </div>\n  );\n}",
  },
  {
    path: 'reducer.ts',
    text: "export function reducer(state = initialState, action: Action): State {\n  switch (action.type) {\n    case '§a':\n      return { ...state, §b: action.payload };\n    case '§c':\n      return { ...state, loading: true };\n    case '§d':\n      return { ...state, loading: false, error: action.error };\n    default:\n      return state;\n  }\n}",
  },
  {
    path: 'search.c',
    text: 'static int §a(const int *§b, int n, int key)\n{\n    int lo = 0, hi = n - 1;\n    while (lo <= hi) {\n        int mid = lo + (hi - lo) / 2;\n        if (§b[mid] == key)\n            return mid;\n        if (§b[mid] < key)\n            lo = mid + 1;\n        else\n            hi = mid - 1;\n    }\n    return -1;\n}',
  },
  {
    path: 'list.c',
    text: 'struct §a *§b_new(void)\n{\n    struct §a *self = malloc(sizeof(struct §a));\n    if (self == NULL)\n        return NULL;\n    memset(self, 0, sizeof(struct §a));\n    self->next = NULL;\n    return self;\n}\n\nvoid §b_free(struct §a *self)\n{\n    if (self == NULL)\n        return;\n    free(self->data);\n    free(self);\n}',
  },
  {
    path: 'main.c',
    text: 'int main(int argc, char **argv)\n{\n    if (argc < 2) {\n        fprintf(stderr, "usage: %s <§a>\\n", argv[0]);\n        return 1;\n    }\n    FILE *fp = fopen(argv[1], "rb");\n    if (!fp) {\n        perror("fopen");\n        return 1;\n    }\n    fseek(fp, 0, SEEK_END);\n    long size = ftell(fp);\n    rewind(fp);\n    char *buf = malloc(size + 1);\n    fread(buf, 1, size, fp);\n    fclose(fp);\n    return 0;\n}',
  },
  {
    path: 'Holder.java',
    text: 'public final class §A {\n    private static volatile §A instance;\n\n    private §A() {\n    }\n\n    public static §A getInstance() {\n        if (instance == null) {\n            synchronized (§A.class) {\n                if (instance == null) {\n                    instance = new §A();\n                }\n            }\n        }\n        return instance;\n    }\n}',
  },
  {
    path: 'Point.java',
    text: '    @Override\n    public boolean equals(Object o) {\n        if (this == o) return true;\n        if (o == null || getClass() != o.getClass()) return false;\n        §A that = (§A) o;\n        return Objects.equals(§b, that.§b) && Objects.equals(§c, that.§c);\n    }\n\n    @Override\n    public int hashCode() {\n        return Objects.hash(§b, §c);\n    }\n\n    @Override\n    public String toString() {\n        return "§A{" + "§b=" + §b + ", §c=" + §c + \'}\';\n    }',
  },
  {
    path: 'Reader.java',
    text: '        try (BufferedReader reader = new BufferedReader(new FileReader(§a))) {\n            StringBuilder sb = new StringBuilder();\n            String line;\n            while ((line = reader.readLine()) != null) {\n                sb.append(line).append("\\n");\n            }\n            return sb.toString();\n        } catch (IOException e) {\n            throw new RuntimeException(e);\n        }',
  },
  {
    path: 'cli.py',
    text: "def main():\n    parser = argparse.ArgumentParser(description='§a')\n    parser.add_argument('§b', help='input file')\n    parser.add_argument('-o', '--output', default=None)\n    parser.add_argument('-v', '--verbose', action='store_true')\n    args = parser.parse_args()\n    logging.basicConfig(level=logging.DEBUG if args.verbose else logging.INFO)\n    with open(args.§b) as f:\n        data = json.load(f)\n    §c(data, args.output)\n\n\nif __name__ == '__main__':\n    main()",
  },
  {
    path: 'model.py',
    text: 'class §A(object):\n    def __init__(self, §b, §c=None, §d=None):\n        self.§b = §b\n        self.§c = §c or []\n        self.§d = §d or {}\n\n    def __repr__(self):\n        return "<§A %s>" % self.§b\n\n    def __eq__(self, other):\n        return isinstance(other, §A) and self.§b == other.§b\n\n    def __ne__(self, other):\n        return not self == other',
  },
  {
    path: 'Model.cs',
    text: 'public event PropertyChangedEventHandler PropertyChanged;\n\nprivate string _§a;\npublic string §A\n{\n    get { return _§a; }\n    set\n    {\n        if (_§a != value)\n        {\n            _§a = value;\n            OnPropertyChanged(nameof(§A));\n        }\n    }\n}\n\nprotected virtual void OnPropertyChanged(string name)\n{\n    PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(name));\n}',
  },
  {
    path: 'Dispose.cs',
    text: 'public void Dispose()\n{\n    Dispose(true);\n    GC.SuppressFinalize(this);\n}\n\nprotected virtual void Dispose(bool disposing)\n{\n    if (_disposed)\n    {\n        return;\n    }\n    if (disposing)\n    {\n        §a?.Dispose();\n    }\n    _disposed = true;\n}',
  },
  {
    path: 'handler.go',
    text: 'func (s *§A) §B(w http.ResponseWriter, r *http.Request) {\n\tvar §c §D\n\tif err := json.NewDecoder(r.Body).Decode(&§c); err != nil {\n\t\thttp.Error(w, err.Error(), http.StatusBadRequest)\n\t\treturn\n\t}\n\tresult, err := s.store.Save(r.Context(), §c)\n\tif err != nil {\n\t\thttp.Error(w, err.Error(), http.StatusInternalServerError)\n\t\treturn\n\t}\n\tw.Header().Set("Content-Type", "application/json")\n\tjson.NewEncoder(w).Encode(result)\n}',
  },
  {
    path: 'error.rs',
    text: 'impl fmt::Display for §A {\n    fn fmt(&self, f: &mut fmt::Formatter<\'_>) -> fmt::Result {\n        match self {\n            §A::§B(e) => write!(f, "io error: {}", e),\n            §A::§C(e) => write!(f, "parse error: {}", e),\n            §A::§D => write!(f, "not found"),\n        }\n    }\n}\n\nimpl std::error::Error for §A {}\n\nimpl From<io::Error> for §A {\n    fn from(e: io::Error) -> Self {\n        §A::§B(e)\n    }\n}',
  },
  {
    path: 'Adapter.kt',
    text: 'class §A(private val items: List<§B>) : RecyclerView.Adapter<§A.ViewHolder>() {\n    class ViewHolder(view: View) : RecyclerView.ViewHolder(view) {\n        val title: TextView = view.findViewById(R.id.§c)\n    }\n\n    override fun onCreateViewHolder(parent: ViewGroup, viewType: Int): ViewHolder {\n        val view = LayoutInflater.from(parent.context).inflate(R.layout.§d, parent, false)\n        return ViewHolder(view)\n    }\n\n    override fun onBindViewHolder(holder: ViewHolder, position: Int) {\n        holder.title.text = items[position].§c\n    }\n\n    override fun getItemCount() = items.size\n}',
  },
  {
    path: 'Controller.swift',
    text: 'class §A: UIViewController, UITableViewDataSource {\n    @IBOutlet weak var tableView: UITableView!\n    var §b: [String] = []\n\n    override func viewDidLoad() {\n        super.viewDidLoad()\n        tableView.dataSource = self\n    }\n\n    func tableView(_ tableView: UITableView, numberOfRowsInSection section: Int) -> Int {\n        return §b.count\n    }\n\n    func tableView(_ tableView: UITableView, cellForRowAt indexPath: IndexPath) -> UITableViewCell {\n        let cell = tableView.dequeueReusableCell(withIdentifier: "cell", for: indexPath)\n        cell.textLabel?.text = §b[indexPath.row]\n        return cell\n    }\n}',
  },
  {
    path: 'form.php',
    text: "<?php\nif ($_SERVER['REQUEST_METHOD'] === 'POST') {\n    $§a = isset($_POST['§a']) ? trim($_POST['§a']) : '';\n    if (empty($§a)) {\n        $errors[] = '§b is required';\n    }\n    if (empty($errors)) {\n        $stmt = $pdo->prepare('INSERT INTO §c (§a) VALUES (?)');\n        $stmt->execute([$§a]);\n        header('Location: index.php');\n        exit;\n    }\n}",
  },
  {
    path: 'controller.rb',
    text: "class §AController < ApplicationController\n  before_action :set_§b, only: [:show, :edit, :update, :destroy]\n\n  def index\n    @§b = §A.all\n  end\n\n  def create\n    @§b = §A.new(§b_params)\n    if @§b.save\n      redirect_to @§b, notice: 'Created.'\n    else\n      render :new\n    end\n  end\n\n  private\n\n  def set_§b\n    @§b = §A.find(params[:id])\n  end\nend",
  },
  {
    path: 'extends.js',
    text: 'var __extends = (this && this.__extends) || (function () {\n    var extendStatics = function (d, b) {\n        extendStatics = Object.setPrototypeOf ||\n            ({ __proto__: [] } instanceof Array && function (d, b) { d.__proto__ = b; }) ||\n            function (d, b) { for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p]; };\n        return extendStatics(d, b);\n    };\n    return function (d, b) {\n        extendStatics(d, b);\n        function __() { this.constructor = d; }\n        d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());\n    };\n})();\nvar §A = 1;',
  },
];

const names = [
  'order',
  'ticket',
  'account',
  'session',
  'profile',
  'window',
  'packet',
  'vendor',
  'claim',
  'route',
  'sensor',
  'market',
];

/** An idiom with names of its own. */
export function idiom(random: Random): { path: string; text: string } {
  const { path, text } = random.pick(templates);
  const chosen = random.shuffled(names);
  const filled = text.replace(/§([a-hA-H])/g, (_, letter: string) => {
    const name = chosen[letter.toLowerCase().charCodeAt(0) - 97] ?? 'item';
    return letter === letter.toUpperCase() ? name.charAt(0).toUpperCase() + name.slice(1) : name;
  });
  return { path, text: filled };
}
