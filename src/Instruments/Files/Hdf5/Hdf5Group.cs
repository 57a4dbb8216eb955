namespace DklActors.Instruments.Files.Hdf5;

/// <summary>Named groups and datasets.</summary>
/// <param name="path">Names from the root.</param>
/// <param name="address">What references to it hold.</param>
/// <param name="attributes">Its attributes.</param>
/// <param name="names">Names of its members, sorted.</param>
/// <param name="open">Opens a member; null where it is neither group nor dataset.</param>
internal sealed class Hdf5Group(
    string path,
    long address,
    IReadOnlyList<Hdf5Attribute> attributes,
    IReadOnlyList<string> names,
    Func<string, Hdf5Object?> open) : Hdf5Object(path, address, attributes)
{
    private const int DeepestGroup = 24;
    private const int MostObjects = 20_000;

    private readonly Dictionary<string, Hdf5Object?> _members = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => names;

    public IEnumerable<Hdf5Object> Members => names.Select(Member).OfType<Hdf5Object>();

    public IEnumerable<Hdf5Group> Groups => Members.OfType<Hdf5Group>();

    public IEnumerable<Hdf5Dataset> Datasets => Members.OfType<Hdf5Dataset>();

    /// <summary>The object at a path of names below this group; null where there is none.</summary>
    public Hdf5Object? Object(params ReadOnlySpan<string> steps)
    {
        Hdf5Object? found = this;
        foreach (string name in steps)
        {
            found = (found as Hdf5Group)?.Member(name);
        }

        return found;
    }

    public Hdf5Group? Group(params ReadOnlySpan<string> steps) => Object(steps) as Hdf5Group;

    public Hdf5Dataset? Dataset(params ReadOnlySpan<string> steps) => Object(steps) as Hdf5Dataset;

    /// <summary>This group and all below it, each once, however groups are linked.</summary>
    public IReadOnlyList<Hdf5Object> Descendants()
    {
        List<Hdf5Object> found = [];
        HashSet<long> seen = [];
        Collect(this, 0);
        return found;

        void Collect(Hdf5Object member, int depth)
        {
            if (depth > DeepestGroup || found.Count >= MostObjects || !seen.Add(member.Address))
            {
                return;
            }

            found.Add(member);
            if (member is Hdf5Group group)
            {
                foreach (Hdf5Object inner in group.Members)
                {
                    Collect(inner, depth + 1);
                }
            }
        }
    }

    private Hdf5Object? Member(string name)
    {
        if (!_members.TryGetValue(name, out Hdf5Object? member))
        {
            member = names.Contains(name, StringComparer.Ordinal) ? open(name) : null;
            _members.Add(name, member);
        }

        return member;
    }
}
