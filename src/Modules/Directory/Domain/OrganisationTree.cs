using System.Collections.Frozen;
using AnTin.Contracts.Directory;

namespace AnTin.Modules.Directory.Domain;

/// <summary>
/// The tree as it stands on one day. An organisation whose parent does not exist on that day is a root, so that a
/// gap in the data widens nobody's scope. Walks upward are bounded: a cycle is a broken invariant, never an endless loop.
/// </summary>
internal sealed class OrganisationTree
{
    /// <summary>Ministry, department, division … Vietnam's deepest agency codes have four levels; the bound only stops cycles.</summary>
    public const int DeepestLevel = 32;

    private readonly FrozenDictionary<OrganisationId, OrganisationInfo> _byId;
    private readonly ILookup<OrganisationId, OrganisationInfo> _children;

    public OrganisationTree(IEnumerable<OrganisationInfo> organisations)
    {
        _byId = organisations.ToFrozenDictionary(o => o.Id);
        _children = _byId.Values
            .Where(o => o.ParentId is { } parent && _byId.ContainsKey(parent))
            .OrderBy(o => o.Code, StringComparer.Ordinal)
            .ToLookup(o => o.ParentId!.Value);
        Roots = [.. _byId.Values
            .Where(o => o.ParentId is not { } parent || !_byId.ContainsKey(parent))
            .OrderBy(o => o.Code, StringComparer.Ordinal)];
    }

    public IReadOnlyList<OrganisationInfo> Roots { get; }

    public OrganisationInfo? Find(OrganisationId id) => _byId.GetValueOrDefault(id);

    public IEnumerable<OrganisationInfo> ChildrenOf(OrganisationId id) => _children[id];

    /// <summary>Every organisation with its depth, each right after its parent, siblings by code.</summary>
    public IEnumerable<(OrganisationInfo Organisation, int Depth)> InOrder()
    {
        var open = new Stack<(OrganisationInfo Organisation, int Depth)>(Roots.Reverse().Select(root => (root, 0)));
        while (open.TryPop(out (OrganisationInfo Organisation, int Depth) next))
        {
            yield return next;
            foreach (OrganisationInfo child in _children[next.Organisation.Id].Reverse())
                open.Push((child, next.Depth + 1));
        }
    }

    /// <summary>From the root down to the organisation itself; empty when it does not exist on that day.</summary>
    /// <exception cref="InvalidOperationException">The stored tree has a cycle.</exception>
    public IReadOnlyList<OrganisationInfo> PathTo(OrganisationId id)
    {
        var path = new List<OrganisationInfo>();
        for (OrganisationInfo? at = Find(id); at is not null; at = at.ParentId is { } parent ? Find(parent) : null)
        {
            if (path.Count == DeepestLevel)
                throw new InvalidOperationException($"Organisation {id} stands in a cycle or below level {DeepestLevel}.");
            path.Add(at);
        }
        path.Reverse();
        return path;
    }

    /// <summary>True when the candidate is the root or stands below it.</summary>
    public bool IsWithin(OrganisationId candidate, OrganisationId root) => PathTo(candidate).Any(o => o.Id == root);

    /// <summary>The root itself, when it exists, and everything below it.</summary>
    public IReadOnlySet<OrganisationId> Subtree(OrganisationId root)
    {
        var found = new HashSet<OrganisationId>();
        var open = new Stack<OrganisationId>();
        if (_byId.ContainsKey(root))
            open.Push(root);
        while (open.TryPop(out OrganisationId next))
        {
            if (!found.Add(next))
                continue;
            foreach (OrganisationInfo child in _children[next])
                open.Push(child.Id);
        }
        return found;
    }
}
