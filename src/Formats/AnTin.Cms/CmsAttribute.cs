using AnTin.Asn1;

namespace AnTin.Cms;

/// <summary>One attribute of a signer: type and its values as encoded.</summary>
public sealed record CmsAttribute(string Oid, IReadOnlyList<ReadOnlyMemory<byte>> Values)
{
    internal static List<CmsAttribute> ReadAll(Asn1Reader set)
    {
        var all = new List<CmsAttribute>();
        while (set.HasData)
        {
            var item = set.ReadSequence("Attribute");
            var oid = item.ReadOid("attrType");
            var list = item.ReadSet("attrValues");
            item.End();
            var values = new List<ReadOnlyMemory<byte>>(1);
            while (list.HasData)
            {
                values.Add(list.ReadEncoded("AttributeValue"));
            }

            all.Add(new CmsAttribute(oid, values));
        }

        return all;
    }
}
