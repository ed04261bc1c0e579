using AnTin.Platform.Evidence;

namespace AnTin.Platform.Tests.Evidence;

public sealed class OrderedIdsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_millisecond_sort_as_they_were_given_even_past_the_counter()
    {
        var ids = new OrderedIds();
        string[] given = [.. Enumerable.Range(0, 10_000).Select(_ => ids.Next(Noon).ToString())];
        Assert.Equal(given.Order(StringComparer.Ordinal), given);
        Assert.Equal(given.Length, given.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_put_later_ids_first()
    {
        var ids = new OrderedIds();
        Guid before = ids.Next(Noon);
        Guid after = ids.Next(Noon.AddHours(-1));
        Assert.True(string.CompareOrdinal(before.ToString(), after.ToString()) < 0);
    }

    [Fact]
    public void Ids_are_of_version_7_and_carry_the_time()
    {
        Guid id = new OrderedIds().Next(Noon);
        Assert.Equal((7, true), (id.Version, id.Variant is >= 8 and <= 11));
        Assert.Equal(Guid.CreateVersion7(Noon).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public async Task Many_threads_get_no_id_twice()
    {
        var ids = new OrderedIds();
        Guid[][] given = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 2_000).Select(_ => ids.Next(Noon)).ToArray())));
        Assert.Equal(16_000, given.SelectMany(g => g).Distinct().Count());
    }
}
