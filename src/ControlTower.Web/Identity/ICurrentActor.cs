using ControlTower.Core.Kernel;

namespace ControlTower.Web.Identity;

/// <summary>Who is acting: the same for a page, a request with a cookie and an API key.</summary>
public interface ICurrentActor
{
    /// <summary>The actor with roles and scopes as of their last revalidation, at most a minute ago.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page or endpoint was left open to all by mistake.</exception>
    ValueTask<Actor> GetAsync();
}
