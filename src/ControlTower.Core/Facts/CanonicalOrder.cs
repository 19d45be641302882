using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>The order of an object's members in canonical JSON: by the code units of their names.</summary>
internal static class CanonicalOrder
{
    private const int Few = 64;

    /// <summary>Its bytes are its code units and stand as they are: nearly every name that anybody sends.</summary>
    public static bool IsPlain(JsonProperty member) =>
        JsonMarshal.GetRawUtf8PropertyName(member) is var name && Ascii.IsValid(name) && !name.Contains((byte)'\\');

    /// <summary>Few are inserted one after the other. Of a name given twice both values stay, in their order.</summary>
    public static void Sort(Span<JsonProperty> members, bool isPlain)
    {
        if (members.Length > Few)
        {
            members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal).ToArray().CopyTo(members);
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var place = PlaceOf(members[..i], member, isPlain);
            members[place..i].CopyTo(members[(place + 1)..]);
            members[place] = member;
        }
    }

    /// <summary>Behind all names that are not greater.</summary>
    private static int PlaceOf(ReadOnlySpan<JsonProperty> members, JsonProperty member, bool isPlain)
    {
        int low = 0, high = members.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = isPlain
                ? JsonMarshal.GetRawUtf8PropertyName(members[middle]).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(member))
                : string.CompareOrdinal(members[middle].Name, member.Name);
            if (order <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
