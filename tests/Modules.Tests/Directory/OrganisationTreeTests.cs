using AnTin.Contracts.Directory;
using AnTin.Modules.Directory.Domain;

namespace AnTin.Modules.Tests.Directory;

public sealed class OrganisationTreeTests
{
    private static OrganisationId Id(int n) => new(new Guid(n, 0, 0, new byte[8]));

    private static OrganisationInfo Node(int n, int? parent) =>
        new(Id(n), $"H{n:D2}", $"Cơ quan {n}", $"Agency {n}", "CQ", parent is { } p ? Id(p) : null, 34, "An Bình");

    // 1 ─ 2 ─ 4, 1 ─ 3, and 5 whose parent 9 does not exist on this day.
    private static readonly OrganisationTree Tree = new([Node(4, 2), Node(3, 1), Node(2, 1), Node(1, null), Node(5, 9)]);

    [Fact]
    public void The_subtree_is_the_organisation_and_everything_below_it()
    {
        Assert.Equal([Id(1), Id(2), Id(3), Id(4)], Tree.Subtree(Id(1)).OrderBy(o => o.Value));
        Assert.Equal([Id(2), Id(4)], Tree.Subtree(Id(2)).OrderBy(o => o.Value));
        Assert.Empty(Tree.Subtree(Id(9)));
    }

    [Fact]
    public void An_orphan_is_a_root_and_in_nobodys_scope()
    {
        Assert.Equal([Id(1), Id(5)], Tree.Roots.Select(o => o.Id));
        Assert.False(Tree.IsWithin(Id(5), Id(1)));
        Assert.False(Tree.IsWithin(Id(5), Id(9)));
        Assert.True(Tree.IsWithin(Id(5), Id(5)));
    }

    [Fact]
    public void Children_follow_their_parent_in_the_order_of_codes() =>
        Assert.Equal([(Id(1), 0), (Id(2), 1), (Id(4), 2), (Id(3), 1), (Id(5), 0)], Tree.InOrder().Select(n => (n.Organisation.Id, n.Depth)));

    [Fact]
    public void The_path_runs_from_the_root_down()
    {
        Assert.Equal([Id(1), Id(2), Id(4)], Tree.PathTo(Id(4)).Select(o => o.Id));
        Assert.Empty(Tree.PathTo(Id(9)));
    }

    [Fact]
    public void A_cycle_is_reported_and_never_walked_for_ever()
    {
        var cycle = new OrganisationTree([Node(1, 2), Node(2, 1)]);
        Assert.Throws<InvalidOperationException>(() => cycle.PathTo(Id(1)));
        Assert.Equal(2, cycle.Subtree(Id(1)).Count);
        Assert.Empty(cycle.InOrder());
    }
}
